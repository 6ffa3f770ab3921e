using Equaticket.Engine.Errors;
using Equaticket.Host.Http;
using Equaticket.Http;
using Equaticket.Schema.ApiKeys;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Webhooks.Feed;
using GraphQL;

namespace Equaticket.Host.GraphQL.Streaming;

/// <summary>Keeps the connection of a subscription open, and sends its events.</summary>
internal sealed class SubscriptionStreams(
    SubscriptionExecutor executor,
    ApiKeyDirectory apiKeys,
    Sessions sessions,
    StreamPlaces places,
    IHostApplicationLifetime lifetime,
    ILogger<SubscriptionStreams> log)
{
    /// <remarks>
    /// If the host stops or the database is unavailable, the connection ends without <c>complete</c>, so that
    /// clients reconnect. A stopping host starts no new streams.
    /// </remarks>
    /// <exception cref="ApiError">The stream can't start.</exception>
    public async Task SendAsync(HttpContext http, OperationRequest request)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            throw ApiError.Unavailable();
        var after = ReadPosition(http.Request);
        using var place = places.Take(request.Caller);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            http.RequestAborted, lifetime.ApplicationStopping);
        var stream = new EventStream(http);
        try
        {
            await foreach (var item in executor.ExecuteAsync(request, after, ending.Token))
            {
                if (!http.Response.HasStarted)
                    stream.Begin(item.Position);
                var refusal = await RefusalAsync(http, request);
                await stream.WriteAsync(
                    refusal is null ? item : new StreamedAnswer(null, refusal), ending.Token);
                if (refusal is not null)
                    break;
            }

            await stream.CompleteAsync(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The client has disconnected, or the host is stopping.
            if (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
                throw ApiError.Unavailable();
        }
        catch (Exception fault) when (http.Response.HasStarted)
        {
            log.LogFault(
                LogLevel.Warning, fault, "A subscription was interrupted; its client resumes where it left off.");
        }
    }

    /// <summary>Sends the response to a query or mutation whose client requests a stream.</summary>
    public static async Task SendAsync(HttpContext http, Answer answer)
    {
        var stream = new EventStream(http);
        Answering.SetHeaders(http, answer);
        stream.Begin(position: null);
        await stream.WriteAsync(new StreamedAnswer(null, answer), CancellationToken.None);
        await stream.CompleteAsync(CancellationToken.None);
    }

    private static StreamPosition? ReadPosition(HttpRequest request) =>
        request.Headers[EventStream.PositionHeader] switch
        {
            [] or [""] => null,
            [{ } text] when StreamPosition.TryParse(text, out var position) => position,
            _ => throw WebhookEventReader.Foreign(),
        };

    /// <returns>Why the caller no longer has access; null while it does.</returns>
    private async Task<Answer?> RefusalAsync(HttpContext http, OperationRequest request)
    {
        try
        {
            if (request.Caller.Key is { } key)
                await apiKeys.RequireStillActiveAsync(key);
            else if (await RefusalOfSessionAsync(http, request) is { } refusal)
                throw refusal;
            return null;
        }
        catch (ApiError refusal)
        {
            return request.Render(new ExecutionResult { Errors = [refusal] });
        }
    }

    private async Task<ApiError?> RefusalOfSessionAsync(HttpContext http, OperationRequest request) =>
        await sessions.FindAgainAsync(http) is { } caller
            ? request.Operation.Refusal(caller, request.Variables)
            : ApiError.Unauthorized("The session has ended. Sign in again.");
}

/// <summary>
/// Wakes subscriptions when events occur on this or another host, and every second in case a
/// notification is lost.
/// </summary>
internal sealed class FeedWorker(WebhookEventFeed feed, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var timer = clock.CreateTimer(
            _ => feed.Wake(), state: null, TimeSpan.Zero, Interval);
        await feed.RunAsync(stoppingToken);
    }
}
