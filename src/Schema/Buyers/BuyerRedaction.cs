using Equaticket.Persistence;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Buyers;

/// <summary>
/// Clears every stored copy of a buyer's name and email address, in one transaction. <c>BuyerDataTests</c> lists
/// the tables and columns that contain buyer data, and searches the whole database.
/// </summary>
/// <remarks>
/// Orders are locked first, then tickets, as in all code that copies data of an order. The later of two
/// transactions waits, and then sees what the first one wrote.
/// </remarks>
public sealed class BuyerRedaction(IdempotencyStore answers)
{
    internal async Task<RedactedBuyer> RunAsync(
        OperationContext operation, string email, CancellationToken cancellationToken)
    {
        var database = operation.Database;
        var emailKey = EmailKeys.Of(email);
        var orderIds = await RowLocks.OrdersOfBuyer(database, emailKey).Select(order => order.Id)
            .ToArrayAsync(cancellationToken);
        var buyer = new Buyer(operation.Tenant, emailKey, orderIds);
        var now = operation.Stamps.Now();
        var texts = await BuyerTexts.ReadAsync(database, buyer, cancellationToken);
        await RedactOrdersAsync(database, buyer, now, cancellationToken);
        await NamedAttendees.RedactAsync(database, buyer, cancellationToken);
        var tickets = await RedactTicketsAsync(database, buyer, now, cancellationToken);
        var events = await RedactEventsAsync(database, buyer, cancellationToken);
        HashSet<Guid> orders = [.. buyer.OrderIds.Union(tickets)];
        var redacted = await EndpointAnswers.RedactAsync(
            database, operation.Tenant, [.. orders], cancellationToken);
        var all = texts.Union(redacted.Texts).ToHashSet(StringComparer.Ordinal);
        return new RedactedBuyer(
            buyer.OrderIds.Length, tickets.Count, events,
            await answers.RewriteAsync(
                database,
                [.. orders, .. redacted.DeliveryIds],
                (body, subject) => BuyerTexts.Remove(
                    body, subject is { } id && orders.Contains(id) ? texts : all),
                cancellationToken));
    }

    private static Task RedactOrdersAsync(
        EquaticketDbContext database,
        Buyer buyer,
        DateTimeOffset now,
        CancellationToken cancellationToken) =>
        database.Orders.Where(order => buyer.OrderIds.Contains(order.Id)).ExecuteUpdateAsync(
            order => order.SetProperty(o => o.BuyerName, (string?)null)
                .SetProperty(o => o.BuyerEmail, (string?)null)
                .SetProperty(o => o.BuyerEmailKey, (string?)null)
                .SetProperty(o => o.Version, o => o.Version + 1)
                .SetProperty(o => o.UpdatedAt, now),
            cancellationToken);

    /// <returns>The order id of each changed ticket.</returns>
    private static Task<List<Guid>> RedactTicketsAsync(
        EquaticketDbContext database,
        Buyer buyer,
        DateTimeOffset now,
        CancellationToken cancellationToken) =>
        database.Database.SqlQuery<Guid>(
            $"""
            UPDATE attendees SET name = NULL, email = NULL, email_key = NULL,
                version = version + 1, updated_at = {now}
            WHERE organization_id = {buyer.Tenant.OrganizationId}
                AND livemode = {buyer.Tenant.Livemode}
                AND (order_id = ANY ({buyer.OrderIds}) OR email_key = {buyer.EmailKey})
            RETURNING order_id AS "Value"
            """).ToListAsync(cancellationToken);

    /// <summary>Sets name and email address to null; the members remain, in their order.</summary>
    private static Task<int> RedactEventsAsync(
        EquaticketDbContext database, Buyer buyer, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync(
            $"""
            UPDATE webhook_events SET data = (
                SELECT json_object_agg(member.key, CASE
                    WHEN member.key IN ('buyer_name', 'buyer_email') THEN 'null'::json
                    ELSE member.value END)
                FROM json_each(data::json) AS member)::text
            WHERE organization_id = {buyer.Tenant.OrganizationId}
                AND livemode = {buyer.Tenant.Livemode} AND order_id = ANY ({buyer.OrderIds})
                AND jsonb_exists_any(data::jsonb, ARRAY['buyer_name', 'buyer_email'])
            """,
            cancellationToken);
}

/// <summary>The buyer whose data is cleared.</summary>
/// <param name="Tenant">The organization and mode.</param>
/// <param name="EmailKey">The normalized email address.</param>
/// <param name="OrderIds">The buyer's orders.</param>
internal sealed record Buyer(TenantScope Tenant, string EmailKey, Guid[] OrderIds);
