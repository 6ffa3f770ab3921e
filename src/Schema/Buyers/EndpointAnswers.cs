using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using Equaticket.Persistence.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Buyers;

/// <summary>
/// Clears what endpoints answered when they were told of orders: they may repeat what they were sent,
/// in any spelling. Status, time and error of each attempt stay.
/// </summary>
internal static class EndpointAnswers
{
    /// <summary>The attempts of a delivery without the answers.</summary>
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

    /// <param name="database">In the transaction, after the orders were locked and cleared.</param>
    /// <param name="tenant">Whose deliveries.</param>
    /// <param name="orderIds">The orders that the endpoints were told of.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <remarks>
    /// All of the deliveries are locked, answered or not: an answer that is written down meanwhile is
    /// seen here, and one that is written down later finds the order cleared.
    /// </remarks>
    public static async Task<ToldEndpoints> RedactAsync(
        EquaticketDbContext database,
        TenantScope tenant,
        Guid[] orderIds,
        CancellationToken cancellationToken)
    {
        var deliveries = await LockAsync(database, tenant, orderIds, cancellationToken);
        Guid[] ids = [.. deliveries.Select(delivery => delivery.Id)];
        await database.Database.ExecuteSqlRawAsync(
            Clear, [tenant.OrganizationId, ids], cancellationToken);
        return new ToldEndpoints(
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

/// <summary>The endpoints that were told of a buyer.</summary>
/// <param name="DeliveryIds">By which deliveries.</param>
/// <param name="Texts">What they answered.</param>
internal sealed record ToldEndpoints(Guid[] DeliveryIds, IReadOnlySet<string> Texts);
