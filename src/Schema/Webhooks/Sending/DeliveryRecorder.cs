using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Webhooks;
using Npgsql;
using NpgsqlTypes;

namespace Equaticket.Schema.Webhooks.Sending;

/// <summary>Writes down what became of deliveries, many in one statement.</summary>
public sealed class DeliveryRecorder(NpgsqlDataSource database, EndpointHealth health)
{
    /// <remarks>
    /// Whoever has lost its lease changes nothing in the queue but for a success. A failure does not
    /// bring back what was ended meanwhile.
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

    public async Task RecordAsync(
        IReadOnlyCollection<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        await using (var command = database.CreateCommand(Record))
        {
            Add(command, outcomes.Select(o => o.Claim.OrganizationId), NpgsqlDbType.Uuid);
            Add(command, outcomes.Select(o => o.Claim.DeliveryId), NpgsqlDbType.Uuid);
            Add(command, outcomes.Select(o => o.Claim.LeasedUntil), NpgsqlDbType.TimestampTz);
            Add(command, outcomes.Select(o => o.Attempt?.ToJson()), NpgsqlDbType.Text);
            Add(command, outcomes.Select(o => WireNames<WebhookDeliveryStatus>.Of(o.Status)), NpgsqlDbType.Text);
            Add(command, outcomes.Select(o => o.DueAt), NpgsqlDbType.TimestampTz);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await health.UpdateAsync(
            outcomes.Where(outcome => outcome.Attempt is not null), cancellationToken);
    }

    private static void Add<T>(NpgsqlCommand command, IEnumerable<T> values, NpgsqlDbType type) =>
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = values.ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | type,
        });
}
