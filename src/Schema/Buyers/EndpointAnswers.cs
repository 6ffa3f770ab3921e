using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using Equaticket.Persistence.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Buyers;

/// <summary>
/// Clears the responses of endpoints to deliveries about orders, because they may repeat the data they were sent,
/// in any encoding. The status, time, and error of each attempt remain.
/// </summary>
internal static class EndpointAnswers
{
    /// <summary>SQL for the attempts of a delivery without the responses.</summary>
    public const string Cleared =
        """
        (SELECT jsonb_agg(attempt || jsonb_build_object('response_body', NULL) ORDER BY place)
        FROM jsonb_array_elements(delivery.attempts) WITH ORDINALITY AS made (attempt, place))
        """;

    private const string Clear =
        $$"""
        UPDATE webhook_deliveries AS delivery SET attempts = {{Cleared}}
        WHERE organization_id = {0} AND id = ANY ({1}) AND attempts <> '[]'
        """;

    /// <param name="database">The context with the transaction that locked and cleared the orders.</param>
    /// <param name="tenant">The tenant of the deliveries.</param>
    /// <param name="orderIds">The orders that the deliveries are about.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <remarks>
    /// Locks all of the deliveries, with or without a response: a response recorded in the meantime is seen here,
    /// and one recorded later finds the order already cleared.
    /// </remarks>
    public static async Task<RedactedDeliveries> RedactAsync(
        EquaticketDbContext database,
        TenantScope tenant,
        Guid[] orderIds,
        CancellationToken cancellationToken)
    {
        var deliveries = await LockAsync(database, tenant, orderIds, cancellationToken);
        Guid[] ids = [.. deliveries.Select(delivery => delivery.Id)];
        await database.Database.ExecuteSqlRawAsync(
            Clear, [tenant.OrganizationId, ids], cancellationToken);
        return new RedactedDeliveries(
            ids,
            deliveries.SelectMany(delivery => WebhookDeliveryAttempt.Read(delivery.Attempts))
                .Select(attempt => attempt.ResponseBody).OfType<string>()
                .ToHashSet(StringComparer.Ordinal));
    }

    private static Task<List<WebhookDelivery>> LockAsync(
        EquaticketDbContext database,
        TenantScope tenant,
        Guid[] orderIds,
        CancellationToken cancellationToken) =>
        database.WebhookDeliveries.FromSql(
            $"""
            SELECT * FROM webhook_deliveries
            WHERE organization_id = {tenant.OrganizationId} AND event_id = ANY (ARRAY(
                SELECT id FROM webhook_events
                WHERE organization_id = {tenant.OrganizationId}
                    AND livemode = {tenant.Livemode} AND order_id = ANY ({orderIds})))
            ORDER BY id FOR NO KEY UPDATE
            """).AsNoTracking().ToListAsync(cancellationToken);
}

/// <summary>Deliveries that contained a buyer's data.</summary>
/// <param name="DeliveryIds">The deliveries.</param>
/// <param name="Texts">The response bodies.</param>
internal sealed record RedactedDeliveries(Guid[] DeliveryIds, IReadOnlySet<string> Texts);
