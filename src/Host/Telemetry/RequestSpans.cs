using System.Diagnostics;
using Equaticket.Engine.Errors;
using Equaticket.Http;
using OpenTelemetry;
using Span = System.Diagnostics.Activity;

namespace Equaticket.Host.Telemetry;

/// <summary>
/// Tags the span of a request with its route, status, and request id. Paths, query strings, headers, and client IP
/// addresses may contain secrets and personal data, so no span has them. In the pipeline only if spans are exported.
/// </summary>
internal sealed class RequestSpans(RequestDelegate next)
{
    public const string RequestId = "equaticket.request_id";

    public async Task InvokeAsync(HttpContext http)
    {
        if (Span.Current is not { IsAllDataRequested: true } span)
        {
            await next(http);
            return;
        }

        span.SetTag(RequestId, http.TraceIdentifier);
        try
        {
            await next(http);
        }
        finally
        {
            Describe(span, http);
        }
    }

    private static void Describe(Span span, HttpContext http)
    {
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? "request" : $"{http.Request.Method} {route}";
        span.SetTag("http.request.method", route is null ? "_OTHER" : http.Request.Method);
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", http.Response.StatusCode);
        if (http.Features.Get<AnsweredError>() is { } error)
            span.SetTag("error.type", error.Code.WireName());
        if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            span.SetStatus(ActivityStatusCode.Error);
    }
}

/// <summary>
/// Tags the spans within a request with its id, and removes tags that may contain secrets or personal data, no matter
/// which library added them.
/// </summary>
internal sealed class SpanRules : BaseProcessor<Span>
{
    private static readonly string[] Removed =
    [
        "url.full", "url.path", "url.query", "user_agent.original", "client.address", "client.port",
        "network.peer.address", "network.peer.port", "server.address", "server.port", "exception.message",
    ];

    public override void OnStart(Span data)
    {
        if (data.Parent?.GetTagItem(RequestSpans.RequestId) is { } id)
            data.SetTag(RequestSpans.RequestId, id);
    }

    public override void OnEnd(Span data)
    {
        foreach (var name in Removed)
            data.SetTag(name, null);
    }
}
