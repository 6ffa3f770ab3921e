using System.Runtime.CompilerServices;
using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.ApiKeys;
using Equaticket.Schema.Events;
using Equaticket.Schema.Webhooks.Feed;
using GraphQL;

namespace Equaticket.Schema.Execution;

/// <summary>
/// Runs a subscription: waits until something happens at the event it follows, then runs the operation as
/// <see cref="OperationExecutor"/> runs a query. It uses no database connection while it waits, and reads at the
/// pace of the client.
/// </summary>
public sealed class SubscriptionExecutor(
    SchemaEngine engine,
    TenantContexts contexts,
    RowStamps stamps,
    WebhookEventReader reader,
    WebhookEventFeed feed,
    OperationExecutor executor,
    KnownCallers callers) : IDisposable
{
    /// <summary>The longest silence of a stream. Proxies close idle connections after about a minute.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(12);

    private const int MaxAtOnce = 8;

    /// <summary>How long to collect successive events into one response.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Limits the connections that streams take from buyers, however many streams follow an on-sale.
    /// </summary>
    private readonly SemaphoreSlim _turns = new(MaxAtOnce);

    /// <param name="request">A subscription.</param>
    /// <param name="after">The position to read from; null for new events only.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    /// <returns>
    /// First the start position, then a response whenever something happens. Items without a response follow as
    /// heartbeats and when the caller's key has changed. The stream ends only if it can't start, or after a response
    /// that says the caller no longer has access.
    /// </returns>
    /// <exception cref="ApiError">
    /// The position does not belong to this stream; or the database is unavailable, and the client must resume from the
    /// last position it received.
    /// </exception>
    public async IAsyncEnumerable<StreamedAnswer> ExecuteAsync(
        OperationRequest request,
        StreamPosition? after,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (target, refusal) = await BeginAsync(request, cancellationToken);
        if (target is not var (source, eventId))
        {
            yield return new StreamedAnswer(Position: null, refusal);
            yield break;
        }

        using var listener = feed.Listen(eventId);
        using var watch = request.Caller.Key is { } key ? callers.Watch(key, listener.NotifyOfCaller) : null;
        var position = after ?? await reader.NowAsync(cancellationToken);
        var page = await ReadAsync();
        yield return new StreamedAnswer(position, Answer: null);
        var spokeAt = stamps.Now();
        while (true)
        {
            foreach (var row in source.LatestOnly ? page.Rows.TakeLast(1) : page.Rows)
            {
                var answer = await InTurnAsync(
                    () => executor.ExecuteAsync(At(request, row), cancellationToken), cancellationToken);
                if (answer.Error is ErrorCode.Unavailable)
                    throw ApiError.Unavailable();
                yield return new StreamedAnswer(row.Position, answer);
                spokeAt = stamps.Now();
                if (answer.Error is ErrorCode.Unauthorized or ErrorCode.Forbidden)
                    yield break;
            }

            position = page.End;
            if (page.IsLast)
                await WaitAsync(page.Rows.Count > 0);
            if (listener.HasCallerChanged() || stamps.Now() - spokeAt >= Heartbeat)
            {
                yield return new StreamedAnswer(position, Answer: null);
                spokeAt = stamps.Now();
            }

            page = await ReadAsync();
        }

        Task<StreamPage> ReadAsync() => InTurnAsync(
            () => reader.ReadAsync(
                request.Caller.Tenant!.Value, eventId, source, position, cancellationToken),
            cancellationToken);

        async Task WaitAsync(bool hasSpoken)
        {
            if (hasSpoken && source.LatestOnly)
                await Task.Delay(Gathering, cancellationToken);
            var silence = stamps.Now() - spokeAt;
            if (silence < Heartbeat)
                await listener.WaitAsync(Heartbeat - silence, cancellationToken);
        }
    }

    public void Dispose() => _turns.Dispose();

    /// <summary>Runs database work, for only a few streams at a time.</summary>
    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <returns>The source and event to follow, or the response that refuses the subscription.</returns>
    private async Task<((StreamSource Source, Guid EventId)? Target, Answer? Refusal)> BeginAsync(
        OperationRequest request, CancellationToken cancellationToken)
    {
        var input = await engine.CoerceAsync(request, cancellationToken);
        if (!input.IsValid)
            return (null, request.Render(new ExecutionResult { Errors = input.Errors }));
        try
        {
            var target = StreamSource.Of(engine.Schema, request.Operation, input);
            await using var database = contexts.Lease(request.Caller.Tenant);
            var context = new OperationContext(request.Caller, database, stamps, request.Urls);
            await EventReader.RequireAsync(context, target.EventId, cancellationToken);
            return (target, null);
        }
        catch (ApiError refusal)
        {
            return (null, request.Render(new ExecutionResult { Executed = true, Errors = [refusal] }));
        }
    }

    /// <summary>The request for one response, which includes its position in the stream.</summary>
    private static OperationRequest At(OperationRequest request, StreamedEvent row) => request with
    {
        StreamedEvent = row,
        Render = result =>
        {
            result.Extensions = new() { ["lastEventId"] = $"{row.Position}" };
            return request.Render(result);
        },
    };
}

/// <summary>An item of a stream.</summary>
/// <param name="Position">The position read so far; null if the stream can't start.</param>
/// <param name="Answer">The response to an event; null if nothing has happened.</param>
public sealed record StreamedAnswer(StreamPosition? Position, Answer? Answer);
