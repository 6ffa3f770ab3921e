using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Equaticket.Persistence;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Jobs;
using Microsoft.Extensions.Logging;

namespace Equaticket.Schema.Webhooks.Sending;

/// <summary>
/// Sends due deliveries: claims one for each free slot, sends each independently, and records the outcomes in batches.
/// </summary>
public sealed class DeliveryDispatcher
{
    private const int MaxRecordedAtOnce = 200;

    private readonly DeliveryClaims _claims;
    private readonly DeliverySender _sender;
    private readonly DeliveryRecorder _recorder;
    private readonly RowStamps _stamps;
    private readonly ILogger<DeliveryDispatcher> _log;
    private readonly DeliveryMetrics _metrics;
    private readonly EndpointSlots _slots = new();
    private readonly WakeUp _wake = new();
    private readonly ConcurrentDictionary<Task, bool> _sending = new();
    private readonly Channel<DeliveryOutcome> _outcomes = Channel.CreateUnbounded<DeliveryOutcome>(
        new UnboundedChannelOptions { SingleReader = true });

    public DeliveryDispatcher(
        DeliveryClaims claims,
        DeliverySender sender,
        DeliveryRecorder recorder,
        RowStamps stamps,
        ILogger<DeliveryDispatcher> log,
        IMeterFactory meters)
    {
        (_claims, _sender, _recorder, _stamps, _log) = (claims, sender, recorder, stamps, log);
        _metrics = new DeliveryMetrics(meters);
    }

    /// <summary>Signals that a delivery may be due. Never blocks.</summary>
    public void Wake() => _wake.Call();

    /// <summary>Sends until the host stops, and waits for the responses.</summary>
    /// <param name="stopping">Stops claiming deliveries.</param>
    /// <param name="giveUp">Releases deliveries that have no response yet, for another host.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken giveUp)
    {
        var recording = RecordAllAsync();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await _wake.WaitAsync(stopping);
                await SendDueAsync(stopping, giveUp);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                _log.LogFault(LogLevel.Warning, fault, "Deliveries to webhooks could not be claimed.");
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        await Task.WhenAll(_sending.Keys);
        _outcomes.Writer.Complete();
        await recording;
    }

    private async Task SendDueAsync(CancellationToken stopping, CancellationToken giveUp)
    {
        while (_slots.Free() is { Total: > 0 } free)
        {
            var claimed = await _claims.ClaimAsync(free, stopping);
            foreach (var claim in claimed)
            {
                _slots.Take(claim.WebhookId);
                var sending = SendAsync(claim, giveUp);
                _sending.TryAdd(sending, true);
                _ = sending.ContinueWith(
                    done => _sending.TryRemove(done, out _), TaskScheduler.Default);
            }

            if (claimed.Count == 0)
                return;
        }
    }

    private async Task SendAsync(ClaimedDelivery claim, CancellationToken giveUp)
    {
        await Task.Yield();
        var outcome = await AttemptAsync(claim, giveUp);
        _outcomes.Writer.TryWrite(outcome);
        var attempt = outcome.Attempt;
        if (_slots.Release(
            claim.WebhookId,
            attempt is null ? null : outcome.Status == WebhookDeliveryStatus.Succeeded,
            TimeSpan.FromMilliseconds(attempt?.DurationMs ?? 0)))
            Wake();
    }

    private async Task<DeliveryOutcome> AttemptAsync(
        ClaimedDelivery claim, CancellationToken giveUp)
    {
        using var span = Telemetry.Source.StartActivity("webhook delivery", ActivityKind.Client);
        span?.SetTag("equaticket.delivery_id", claim.DeliveryId);
        try
        {
            _metrics.Claimed(_stamps.Now() - claim.DueAt);
            var outcome = await _sender.SendAsync(claim, giveUp);
            _metrics.Ended(outcome);
            span?.SetTag("http.response.status_code", outcome.Attempt?.ResponseStatus)
                .SetStatus(outcome.Attempt?.Error is null ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
            return outcome;
        }
        catch (Exception) when (giveUp.IsCancellationRequested)
        {
            // The host is stopping: make the delivery due immediately for another host.
            return new DeliveryOutcome(claim, Attempt: null, WebhookDeliveryStatus.Pending, claim.DueAt);
        }
        catch (Exception fault)
        {
            span?.SetStatus(ActivityStatusCode.Error);
            _log.LogFault(LogLevel.Error, fault, "Delivery {Delivery} could not be attempted.", claim.DeliveryId);
            return _sender.PutOff(claim);
        }
    }

    private async Task RecordAllAsync()
    {
        while (await _outcomes.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var batch = new List<DeliveryOutcome>();
            while (batch.Count < MaxRecordedAtOnce && _outcomes.Reader.TryRead(out var outcome))
                batch.Add(outcome);
            try
            {
                await _recorder.RecordAsync(batch, CancellationToken.None);
            }
            catch (Exception fault)
            {
                // When their leases end, these deliveries are sent again with the same ids.
                _log.LogFault(LogLevel.Warning, fault, "{Count} deliveries were not recorded.", batch.Count);
            }
        }
    }
}
