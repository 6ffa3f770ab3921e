using Equaticket.Persistence;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;
using Npgsql;

namespace Equaticket.Schema.Webhooks.Sending;

/// <summary>
/// Tracks the health of endpoints, and disables endpoints that are gone or have been failing for too long. A healthy
/// endpoint requires no write.
/// </summary>
public sealed class EndpointHealth(NpgsqlDataSource database, RowStamps stamps)
{
    /// <summary>The minimum number of failed attempts within the period, with no successful ones.</summary>
    private const int LeastFailures = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromDays(5);

    private const string Recover =
        """
        UPDATE webhooks AS well SET failing_since = NULL, recent_failures = '{}'
        FROM (SELECT webhook.organization_id, webhook.id
            FROM unnest($1, $2) AS recovered (organization_id, id)
            JOIN webhooks AS webhook USING (organization_id, id)
            WHERE webhook.failing_since IS NOT NULL
            ORDER BY webhook.id FOR NO KEY UPDATE OF webhook) AS failing
        WHERE well.organization_id = failing.organization_id AND well.id = failing.id
        """;

    /// <summary>Returns whether the failures cover the whole period.</summary>
    private static readonly string Fail =
        $$"""
        UPDATE webhooks SET failing_since = coalesce(failing_since, $3[1]),
            recent_failures = (recent_failures || $3)[
                greatest(1, cardinality(recent_failures || $3) - {{LeastFailures}} + 1):]
        WHERE organization_id = $1 AND id = $2 AND status = 'enabled'
        RETURNING failing_since <= $4 AND cardinality(recent_failures) = {{LeastFailures}}
            AND recent_failures[1] >= $4
        """;

    private const string Disable =
        $"""
        WITH ended AS (
            UPDATE webhooks SET status = 'disabled', disabled_reason = $3, version = version + 1,
                updated_at = $4, owner_notice_due_at = CASE WHEN livemode AND $5 THEN $4 END
            WHERE organization_id = $1 AND id = $2 AND status = 'enabled'
            RETURNING organization_id, id),
        {WebhookLifecycle.EndDeliveries}
        """;

    /// <summary>Records attempts to many endpoints.</summary>
    public async Task UpdateAsync(
        IEnumerable<DeliveryOutcome> attempts, CancellationToken cancellationToken)
    {
        // The order is the same on every host, so that concurrent writes never deadlock.
        var endpoints = attempts.GroupBy(attempt => attempt.Claim.WebhookId)
            .OrderBy(endpoint => endpoint.Key).Select(endpoint => endpoint.ToList()).ToList();
        // A 410 takes precedence over other responses of the same endpoint.
        var gone = endpoints.Where(endpoint => endpoint.Any(o => o.IsGone)).ToList();
        foreach (var endpoint in gone)
            await DisableAsync(endpoint[0].Claim, WebhookLifecycle.Gone, cancellationToken);
        var others = endpoints.Except(gone)
            .ToLookup(endpoint => endpoint.Any(o => o.Status == WebhookDeliveryStatus.Succeeded));
        await RecoverAsync([.. others[true].Select(endpoint => endpoint[0].Claim)], cancellationToken);
        foreach (var endpoint in others[false])
            await FailAsync(endpoint, cancellationToken);
    }

    private async Task RecoverAsync(
        IReadOnlyList<ClaimedDelivery> well, CancellationToken cancellationToken)
    {
        if (well.Count == 0)
            return;
        await RunAsync(
            Recover,
            [well.Select(c => c.OrganizationId).ToArray(), well.Select(c => c.WebhookId).ToArray()],
            cancellationToken);
    }

    /// <param name="failures">The failed attempts of one endpoint, at least one.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    private async Task FailAsync(
        IReadOnlyList<DeliveryOutcome> failures, CancellationToken cancellationToken)
    {
        var claim = failures[0].Claim;
        var times = failures.Select(failure => failure.Attempt!.AttemptedAt).Order().ToArray();
        var hasFailedTooLong = await RunAsync(
            Fail,
            [claim.OrganizationId, claim.WebhookId, times, stamps.Now() - Patience],
            cancellationToken);
        if (hasFailedTooLong is true)
            await DisableAsync(claim, WebhookLifecycle.Failing, cancellationToken);
    }

    /// <summary>Disables an endpoint. Notifies the owner, unless the endpoint itself responded with 410.</summary>
    private Task DisableAsync(
        ClaimedDelivery claim, string reason, CancellationToken cancellationToken) =>
        RunAsync(
            Disable,
            [
                claim.OrganizationId, claim.WebhookId, reason, stamps.Now(),
                reason != WebhookLifecycle.Gone,
            ],
            cancellationToken);

    private Task<object?> RunAsync(string sql, object[] values, CancellationToken cancellationToken) =>
        Attempts.RunAsync(async _ =>
        {
            await using var command = database.CreateCommand(sql);
            foreach (var value in values)
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            return await command.ExecuteScalarAsync(cancellationToken);
        });
}
