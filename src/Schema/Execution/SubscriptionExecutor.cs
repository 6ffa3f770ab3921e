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
/// Runs a subscription: waits until something happens at the event that it follows, and then runs the
/// operation anew, as <see cref="OperationExecutor"/> runs a query. It holds no connection to the database
/// while it waits, and reads at the pace of its client.
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
    /// <summary>The longest that a stream says nothing. Proxies end connections after a minute or so.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(12);

    private const int MaxAtOnce = 8;

    /// <summary>How long things that happen one after another are gathered for one answer.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);

    /// <summary>However many follow an on-sale, they take few connections from those who buy.</summary>
    private readonly SemaphoreSlim _turns = new(MaxAtOnce);

    /// <param name="request">A subscription.</param>
    /// <param name="after">From where to read; null for what comes next.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>
    /// First where the stream begins, then an answer whenever something happens, and none now and then, and
    /// when the caller's key has changed. It ends by itself only when it can't begin, or when an answer says
    /// that the caller is no longer let in.
    /// </returns>
    /// <exception cref="ApiError">
    /// The position is none of this stream; or the database is away, and the client has to go on from what
    /// it was told last.
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
        using var watch = request.Caller.Key is { } key ? callers.Watch(key, listener.TellOfCaller) : null;
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

    /// <summary>Does work on the database, of which streams do but a few at a time.</summary>
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

    /// <returns>What to follow, or the answer that says why nothing can be.</returns>
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

    /// <summary>The request for one answer, which tells its place in the stream.</summary>
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

/// <summary>What a stream tells.</summary>
/// <param name="Position">How far it has been read; null when it can't begin.</param>
/// <param name="Answer">The answer to what happened; null when nothing has.</param>
public sealed record StreamedAnswer(StreamPosition? Position, Answer? Answer);
