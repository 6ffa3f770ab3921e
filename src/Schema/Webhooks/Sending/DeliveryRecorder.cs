using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Buyers;
using Equaticket.Schema.Execution;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Equaticket.Schema.Webhooks.Sending;

/// <summary>Records the outcomes of deliveries, many in one statement.</summary>
public sealed class DeliveryRecorder(
    NpgsqlDataSource database, EndpointHealth health, ILogger<DeliveryRecorder> log)
{
    /// <summary>
    /// Locks the deliveries in the order of their IDs, and before their rows in the queue, as
    /// <see cref="WebhookLifecycle.EndDeliveries"/> does.
    /// </summary>
    private const string Lock =
        """
        SELECT FROM unnest($1, $2) AS outcome (organization_id, delivery_id)
        JOIN webhook_deliveries AS delivery ON delivery.organization_id = outcome.organization_id
            AND delivery.id = outcome.delivery_id AND delivery.id = ANY ($2)
        ORDER BY delivery.id FOR NO KEY UPDATE OF delivery
        """;

    /// <remarks>
    /// A host that lost its lease changes the queue only if the delivery succeeded. A failure does not requeue a
    /// delivery that has since ended.
    /// </remarks>
    private const string Record =
        """
        WITH outcome AS (
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6) AS outcome (
                organization_id, delivery_id, leased_until, attempt, status, due_at)),
        ended AS (
            DELETE FROM webhook_queue AS queued USING outcome
            WHERE queued.organization_id = outcome.organization_id
                AND queued.delivery_id = outcome.delivery_id AND outcome.due_at IS NULL
                AND (outcome.status = 'succeeded' OR queued.leased_until = outcome.leased_until)),
        again AS (
            UPDATE webhook_queue AS queued SET leased_until = NULL, due_at = outcome.due_at,
                step = queued.step + CASE WHEN outcome.attempt IS NULL THEN 0 ELSE 1 END
            FROM outcome
            WHERE queued.organization_id = outcome.organization_id
                AND queued.delivery_id = outcome.delivery_id AND outcome.due_at IS NOT NULL
                AND queued.leased_until = outcome.leased_until)
        UPDATE webhook_deliveries AS delivery
        SET attempts = delivery.attempts || coalesce(outcome.attempt, '[]')::jsonb,
            status = CASE WHEN outcome.status = 'succeeded' OR (
                outcome.status = 'failed' AND delivery.status = 'pending')
                THEN outcome.status ELSE delivery.status END
        FROM outcome
        WHERE delivery.organization_id = outcome.organization_id
            AND delivery.id = outcome.delivery_id AND delivery.id = ANY ($2)
        """;

    /// <summary>Deletes stored responses of orders whose buyer data was deleted during delivery.</summary>
    /// <remarks>
    /// Runs in the same transaction as the record, but as a separate statement, so that it sees a redaction that the
    /// record had to wait for.
    /// </remarks>
    private const string Forget =
        $"""
        UPDATE webhook_deliveries AS delivery SET attempts = {EndpointAnswers.Cleared}
        FROM unnest($1, $2) AS answered (organization_id, delivery_id), webhook_events AS event, orders
        WHERE delivery.organization_id = answered.organization_id AND delivery.id = answered.delivery_id
            AND event.organization_id = answered.organization_id AND event.id = delivery.event_id
            AND orders.organization_id = answered.organization_id AND orders.id = event.order_id
            AND orders.buyer_email_key IS NULL AND delivery.id = ANY ($2)
        """;

    /// <exception cref="Exception">The outcomes may not have been recorded.</exception>
    public async Task RecordAsync(
        IReadOnlyCollection<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        // A conflict undoes the whole batch. Other errors are not retried, because the batch may have taken effect.
        await Attempts.RunAsync(_ => WriteAsync(outcomes, cancellationToken));
        try
        {
            await health.UpdateAsync(
                outcomes.Where(outcome => outcome.Attempt is not null), cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogFault(
                LogLevel.Warning, fault, "The health of the endpoints of {Count} deliveries was not recorded.",
                outcomes.Count);
        }
    }

    private async Task<int> WriteAsync(
        IReadOnlyCollection<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        Add(batch, Lock, outcomes);
        var command = Add(batch, Record, outcomes);
        Add(command, outcomes.Select(o => o.Claim.LeasedUntil), NpgsqlDbType.TimestampTz);
        Add(command, outcomes.Select(o => o.Attempt?.ToJson()), NpgsqlDbType.Text);
        Add(command, outcomes.Select(o => WireNames<WebhookDeliveryStatus>.Of(o.Status)), NpgsqlDbType.Text);
        Add(command, outcomes.Select(o => o.DueAt), NpgsqlDbType.TimestampTz);
        if (outcomes.Where(o => o.Attempt?.ResponseBody is not null).ToList() is { Count: > 0 } answered)
            Add(batch, Forget, answered);
        return await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand Add(
        NpgsqlBatch batch, string sql, IReadOnlyCollection<DeliveryOutcome> outcomes)
    {
        var command = new NpgsqlBatchCommand(sql);
        batch.BatchCommands.Add(command);
        Add(command, outcomes.Select(o => o.Claim.OrganizationId), NpgsqlDbType.Uuid);
        Add(command, outcomes.Select(o => o.Claim.DeliveryId), NpgsqlDbType.Uuid);
        return command;
    }

    private static void Add<T>(NpgsqlBatchCommand command, IEnumerable<T> values, NpgsqlDbType type) =>
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = values.ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | type,
        });
}
