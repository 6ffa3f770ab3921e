using System.Diagnostics;
using Equaticket.Engine.Errors;
using Equaticket.Http;
using Equaticket.Persistence;
using Equaticket.Persistence.Activity;
using Equaticket.Schema.Execution;

namespace Equaticket.Host.Activity;

/// <summary>
/// Records every request with a known API key, whether it was completed, rejected, or aborted by the client.
/// </summary>
internal sealed class ActivityRecording(RequestDelegate next, ActivityLog log, RowStamps stamps)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var (stamp, start) = (stamps.Next(), Stopwatch.GetTimestamp());
        try
        {
            await next(http);
        }
        finally
        {
            if (http.Features.Get<UsedKey>()?.Owner is { ApiKeyId: { } keyId, Tenant: { } tenant })
            {
                log.Add(new LoggedRequest(new ApiRequest
                {
                    Id = stamp.Id,
                    OrganizationId = tenant.OrganizationId,
                    Livemode = tenant.Livemode,
                    ApiKeyId = keyId,
                    RequestId = http.TraceIdentifier,
                    Method = http.Request.Method,
                    Path = ClientText.ToStore(http.Request.Path.Value) ?? "",
                    Status = http.Response.StatusCode,
                    ErrorCode = http.Features.Get<AnsweredError>()?.Code.WireName(),
                    ErrorParam = ClientText.ToStore(http.Features.Get<AnsweredError>()?.Param),
                    Route = RouteOf(http),
                    IdempotencyKey = KeyOf(http.Request),
                    IsReplay = http.Response.Headers.ContainsKey(Answering.ReplayHeader),
                    DurationMs = (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds,
                    Address = http.Connection.RemoteIpAddress?.ToString(),
                    UserAgent = ClientText.ToStore(http.Request.Headers.UserAgent.ToString()),
                    Writes = [.. http.Features.Get<RequestTrace>()?.Writes.Select(write => $"{write}") ?? []],
                    CreatedAt = stamp.CreatedAt,
                }, http.Features.Get<UsedScopes>()?.Scopes ?? []));
            }
        }
    }

    private static string? RouteOf(HttpContext http) =>
        (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } route
            && !route.Contains('*', StringComparison.Ordinal)
            ? route
            : null;

    private static string? KeyOf(HttpRequest request) =>
        request.Headers[WriteClaim.Header] is [{ Length: <= WriteClaim.MaxLength } key]
            ? ClientText.ToStore(key)
            : null;
}

/// <summary>
/// The API key of a request, for the activity log. Unlike <c>CallerFeature</c>, it grants no access: the
/// key may be expired or revoked.
/// </summary>
/// <param name="Owner">The owner of the key.</param>
internal sealed record UsedKey(Caller Owner);
