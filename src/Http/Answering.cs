using System.Globalization;
using System.Net.Mime;
using Equaticket.Engine.Errors;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Equaticket.Http;

/// <summary>Sends responses.</summary>
public static class Answering
{
    /// <summary>The header of a stored response.</summary>
    public const string ReplayHeader = "Idempotent-Replayed";

    /// <remarks>
    /// The effect has already happened, so a client that disconnects while the response is sent changes nothing:
    /// the write isn't canceled and simply completes.
    /// </remarks>
    public static async Task SendAsync(this HttpContext http, Answer answer)
    {
        var response = http.Response;
        response.StatusCode = answer.Status;
        SetHeaders(http, answer);
        if (answer.ContentType is null)
            return;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await response.Body.WriteAsync(answer.Body, CancellationToken.None);
    }

    /// <summary>Sets the headers of a response, regardless of the encoding of its body.</summary>
    public static void SetHeaders(HttpContext http, Answer answer)
    {
        var headers = http.Response.Headers;
        if (answer.Error is { } code)
            http.Features.Set(new AnsweredError(code, answer.ErrorParam));
        if (answer.Location is { } location)
            headers.Location = location;
        if (answer.ETag is { } tag)
            headers.ETag = tag;
        if (answer.IsReplay)
            headers[ReplayHeader] = "true";
        if (answer.RetryAfter is { } delay)
            headers.RetryAfter = Seconds(delay);
        if (answer.Status == StatusCodes.Status401Unauthorized)
            headers.WWWAuthenticate = "Bearer";
    }

    /// <summary>Sends an error in the endpoint's format.</summary>
    public static Task SendAsync(this HttpContext http, ApiError error)
    {
        var format = http.GetEndpoint()?.Metadata.GetMetadata<IErrorFormat>();
        return http.SendAsync(format?.Render(http, error)
            ?? ErrorEnvelope.Render(error, http.TraceIdentifier));
    }

    /// <summary>Starts a response of Server-Sent Events.</summary>
    /// <param name="http">The request.</param>
    /// <param name="isOpenEnded">
    /// Whether it lasts as long as the client listens. It then no longer counts as a running request, and its duration
    /// isn't measured, because it isn't a latency.
    /// </param>
    public static void BeginEvents(this HttpContext http, bool isOpenEnded)
    {
        var (headers, features) = (http.Response.Headers, http.Features);
        headers.ContentType = $"{MediaTypeNames.Text.EventStream}; charset=utf-8";
        headers.CacheControl = "no-store, no-transform";
        // Otherwise, nginx buffers the events.
        headers["X-Accel-Buffering"] = "no";
        features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        if (!isOpenEnded)
            return;
        features.Get<ILoadPlace>()?.Dispose();
        features.Get<IHttpMetricsTagsFeature>()?.MetricsDisabled = true;
    }

    /// <summary>Redirects to a page that is requested with GET.</summary>
    public static void SeeOther(this HttpResponse response, string location)
    {
        response.StatusCode = StatusCodes.Status303SeeOther;
        response.Headers.Location = location;
    }

    /// <summary>Rejects a method that the path does not support.</summary>
    /// <param name="http">The request.</param>
    /// <param name="allowed">The methods that the path supports.</param>
    public static Task RefuseMethodAsync(this HttpContext http, string allowed)
    {
        http.Response.Headers.Allow = allowed;
        return http.SendAsync(ApiError.MethodNotAllowed(http.Request.Method, allowed));
    }

    private static string Seconds(TimeSpan delay) =>
        Math.Max(1, (long)Math.Ceiling(delay.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
