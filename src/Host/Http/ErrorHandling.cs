using Equaticket.Engine.Errors;
using Equaticket.Http;
using Equaticket.RestFacade.Binding;
using Equaticket.Schema.Execution;

namespace Equaticket.Host.Http;

/// <summary>Converts exceptions outside an operation to the error envelope.</summary>
internal sealed class ErrorHandling(RequestDelegate next, ILogger<ErrorHandling> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (Exception fault) when (HasHungUp(http, fault))
        {
            // The client has disconnected, and nothing was done. A stream that has started simply ends.
            if (!http.Response.HasStarted)
                http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception fault) when (!http.Response.HasStarted)
        {
            await http.SendAsync(ToApiError(fault));
        }
    }

    private static bool HasHungUp(HttpContext http, Exception fault) =>
        http.RequestAborted.IsCancellationRequested && fault is OperationCanceledException or IOException;

    private ApiError ToApiError(Exception fault)
    {
        if (fault is ApiError known)
            return known;
        if (fault is BadHttpRequestException request)
            return ToApiError(request);
        log.LogFault(LogLevel.Error, fault, "The request failed.");
        return DatabaseErrors.Translate(fault) ?? ApiError.Internal();
    }

    private static ApiError ToApiError(BadHttpRequestException fault) =>
        fault.StatusCode == StatusCodes.Status413PayloadTooLarge
            ? ApiError.PayloadTooLarge(RequestBody.Limit)
            : ApiError.Validation(null, "The request body could not be read.");
}
