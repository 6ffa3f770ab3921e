using Equaticket.Persistence;
using Equaticket.Persistence.Partitions;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Jobs;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Equaticket.Schema.Webhooks.Feed;

/// <summary>
/// Notifies this host's streams of activity at their event, no matter which host caused it. One query checks for all
/// streams; each stream then reads its events.
/// </summary>
public sealed class WebhookEventFeed(
    NpgsqlDataSource database, RowStamps stamps, TimeProvider clock, ILogger<WebhookEventFeed> log)
{
    /// <summary>The delay before checking again for rows that an open transaction holds back.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private const string Look =
        """
        WITH settled AS (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS bound)
        SELECT settled.bound, found.event_id, found.is_settled
        FROM settled LEFT JOIN LATERAL (
            SELECT DISTINCT event_id, transaction_id < settled.bound AS is_settled FROM webhook_events
            WHERE event_id = ANY ($1) AND id >= $2 AND transaction_id >= $3) AS found ON true
        """;

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, List<FeedListener>> _listeners = [];
    private readonly WakeUp _wake = new();

    /// <summary>Streams have been notified of everything before this transaction.</summary>
    private ulong _settled;

    /// <summary>Signals possible activity. Never blocks.</summary>
    public void Wake() => _wake.Call();

    /// <summary>Listens to an event until disposed.</summary>
    internal FeedListener Listen(Guid eventId)
    {
        var listener = new FeedListener(this, eventId, clock);
        lock (_lock)
        {
            if (!_listeners.TryGetValue(eventId, out var others))
                _listeners.Add(eventId, others = []);
            others.Add(listener);
        }

        return listener;
    }

    /// <summary>Notifies the streams until the host stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await _wake.WaitAsync(stopping);
            try
            {
                if (Followed() is { Length: > 0 } events && await NotifyAsync(events, stopping))
                {
                    await Task.Delay(Pause, clock, stopping);
                    Wake();
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogFault(LogLevel.Warning, fault, "Subscriptions could not be updated; retrying.");
            }
        }
    }

    internal void Remove(FeedListener listener)
    {
        lock (_lock)
        {
            var others = _listeners[listener.EventId];
            others.Remove(listener);
            if (others.Count == 0)
                _listeners.Remove(listener.EventId);
        }
    }

    private Guid[] Followed()
    {
        lock (_lock)
            return [.. _listeners.Keys];
    }

    /// <returns>Whether an open transaction holds back rows.</returns>
    private async Task<bool> NotifyAsync(Guid[] events, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Look);
        foreach (var parameter in (NpgsqlParameter[])[
            new() { Value = events },
            new() { Value = PartitionedTable.FirstIdAt(stamps.Now() - WebhookEventReader.Margin) },
            new() { Value = _settled, NpgsqlDbType = NpgsqlDbType.Xid8 }])
            command.Parameters.Add(parameter);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var (bound, isHeldBack) = (_settled, false);
        while (await rows.ReadAsync(cancellationToken))
        {
            bound = rows.GetFieldValue<ulong>(0);
            if (rows.IsDBNull(1))
                break;
            if (rows.GetBoolean(2))
                Notify(rows.GetGuid(1));
            else
                isHeldBack = true;
        }

        _settled = bound;
        return isHeldBack;
    }

    private void Notify(Guid eventId)
    {
        lock (_lock)
            _listeners.GetValueOrDefault(eventId)?.ForEach(listener => listener.Notify());
    }
}

/// <summary>A stream that waits for activity at its event.</summary>
internal sealed class FeedListener(WebhookEventFeed feed, Guid eventId, TimeProvider clock) : IDisposable
{
    private readonly WakeUp _activity = new();
    private bool _hasCallerChanged;

    public Guid EventId => eventId;

    public void Notify() => _activity.Call();

    /// <summary>Signals that the caller may have lost access.</summary>
    public void NotifyOfCaller()
    {
        Volatile.Write(ref _hasCallerChanged, true);
        Notify();
    }

    /// <returns>Whether the caller has changed since the last call.</returns>
    public bool HasCallerChanged() => Interlocked.Exchange(ref _hasCallerChanged, false);

    /// <returns>Completes on activity since the last call, or after the timeout.</returns>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _activity.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // There was no activity.
        }
    }

    public void Dispose() => feed.Remove(this);
}
