using System.Globalization;
using Equaticket.Engine.Errors;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;

namespace Equaticket.Http;

/// <summary>Sends answers.</summary>
public static class Answering
{
    /// <remarks>
    /// The effect has already happened, so a caller who disconnects while the answer is sent changes nothing: the
    /// write then ends by itself and is not canceled.
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

    /// <summary>Describes an answer by headers, regardless of how its body is encoded.</summary>
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
            headers["Idempotent-Replayed"] = "true";
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

    /// <summary>Answers a method that the path does not support.</summary>
    /// <param name="http">The request.</param>
    /// <param name="allowed">The methods that it supports.</param>
    public static Task RefuseMethodAsync(this HttpContext http, string allowed)
    {
        http.Response.Headers.Allow = allowed;
        return http.SendAsync(ApiError.MethodNotAllowed(http.Request.Method, allowed));
    }

    private static string Seconds(TimeSpan delay) =>
        Math.Max(1, (long)Math.Ceiling(delay.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
