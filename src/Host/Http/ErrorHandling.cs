using Equaticket.Engine.Errors;
using Equaticket.Http;
using Equaticket.RestFacade.Binding;
using Equaticket.Schema.Execution;

namespace Equaticket.Host.Http;

/// <summary>Turns whatever is thrown outside an operation into the error envelope.</summary>
internal sealed class ErrorHandling(RequestDelegate next, ILogger<ErrorHandling> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller hung up: there is nobody to answer.
        }
        catch (Exception fault) when (!http.Response.HasStarted)
        {
            await http.SendAsync(ToApiError(fault));
        }
    }

    private ApiError ToApiError(Exception fault)
    {
        if (fault is ApiError known)
            return known;
        if (fault is BadHttpRequestException request)
            return ToApiError(request);
        var error = DatabaseErrors.Translate(fault) ?? ApiError.Internal();
        log.LogError(fault, "The request failed.");
        return error;
    }

    private static ApiError ToApiError(BadHttpRequestException fault) =>
        fault.StatusCode == StatusCodes.Status413PayloadTooLarge
            ? ApiError.PayloadTooLarge(RequestBody.Limit)
            : ApiError.Validation(null, "The request's body could not be read.");
}
