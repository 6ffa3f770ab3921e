using Equaticket.Persistence;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.TicketTypes;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Execution;

/// <summary>
/// The row locks of transactions that touch an event. Each is held until the transaction ends. To avoid
/// deadlocks, a transaction takes its locks in the order of this file, and rows of the same kind by id.
/// </summary>
/// <remarks>
/// The idempotency key is locked before everything else (<see cref="IdempotencyStore"/>).
/// <see cref="TicketTypes.Stock"/> locks ticket types in the statement that changes their stock, which saves sales
/// a round trip. Only test events are removed, so sales, orders, and tickets don't lock live events: PostgreSQL stores
/// the list of all transactions that share a lock, and writes a longer one whenever another joins.
/// </remarks>
internal static class RowLocks
{
    private const string AgainstRemoval = "FOR KEY SHARE";
    private const string AgainstChange = "FOR NO KEY UPDATE";
    private const string ToRemove = "FOR UPDATE";

    /// <summary>Protects the event from removal; edits and sales don't wait.</summary>
    public static IQueryable<Event> KeepEvent(EquaticketDbContext database, Guid id) =>
        Rows<Event>(database, "id = {2}", AgainstRemoval, id);

    /// <summary>Protects a test event from removal. Parameters: organization id, mode, event id.</summary>
    public const string KeepTestEvent =
        $"""
        SELECT 1 FROM events WHERE organization_id = $1 AND livemode = $2 AND NOT $2 AND id = $3
        {AgainstRemoval}
        """;

    /// <summary>Protects an order's test event from removal. Parameters: organization id, mode, order id.</summary>
    public const string KeepTestEventOfOrder =
        $"""
        SELECT 1 FROM events WHERE organization_id = $1 AND livemode = $2 AND NOT $2 AND id = (
            SELECT event_id FROM orders WHERE organization_id = $1 AND livemode = $2 AND id = $3)
        {AgainstRemoval}
        """;

    /// <summary>All test events of an organization, regardless of the caller's mode.</summary>
    public static IQueryable<Event> TestEventsToRemove(EquaticketDbContext database, Guid organizationId) =>
        database.Events.FromSql(
            $"""
            SELECT * FROM events WHERE organization_id = {organizationId} AND NOT livemode
            ORDER BY id FOR UPDATE
            """);

    /// <summary>Locks an order. Parameter: order id.</summary>
    public static RowQuery<Order> Order { get; } = RowQuery<Order>.Where($"r.id = $3 {AgainstChange}");

    public static IQueryable<Order> OrdersOfBuyer(EquaticketDbContext database, string emailKey) =>
        Rows<Order>(database, "buyer_email_key = {2}", AgainstChange, emailKey);

    public static IQueryable<Attendee> AttendeesOfOrder(EquaticketDbContext database, Guid orderId) =>
        Rows<Attendee>(database, "order_id = {2}", AgainstChange, orderId);

    /// <summary>Locks a ticket, found by id or by code, and protects its event from removal in test mode.</summary>
    public static IQueryable<Attendee> Ticket(EquaticketDbContext database, Guid? id, string? code)
    {
        var tenant = database.Tenant!.Value;
        var sql = $$"""
            SELECT ticket.* FROM attendees AS ticket JOIN events AS event
                ON event.organization_id = ticket.organization_id
                AND event.livemode = ticket.livemode AND event.id = ticket.event_id
            WHERE ticket.organization_id = {0} AND ticket.livemode = {1}
                AND ticket.{{(id is null ? "ticket_code" : "id")}} = {2}
            {{(tenant.Livemode ? "" : $"{AgainstRemoval} OF event")}} {{AgainstChange}} OF ticket
            """;
        return database.Attendees.FromSqlRaw(
            sql, tenant.OrganizationId, tenant.Livemode, (object?)id ?? code!);
    }

    /// <summary>
    /// Waits until it is this transaction's turn to change the stock of ticket types. When a row lock is released, all
    /// that wait for it wake up, and all but one go back to sleep; this lock wakes only the next. Parameter: the ids of
    /// the ticket types.
    /// </summary>
    public const string StockTurn =
        """
        SELECT pg_advisory_xact_lock(hashtextextended(id::text, 0))
        FROM (SELECT unnest($1::uuid[]) AS id ORDER BY id) AS wanted
        """;

    /// <summary>Locks ticket types to change their stock afterwards.</summary>
    public static async Task StockAsync(EquaticketDbContext database, Guid[] ids, CancellationToken cancellationToken)
    {
        await using var turn = new StatementBatch(database);
        turn.Add(StockTurn, ids);
        await turn.ExecuteAsync(cancellationToken);
        await TicketTypes(database, ids).LoadAsync(cancellationToken);
    }

    public static IQueryable<TicketType> TicketTypes(EquaticketDbContext database, Guid[] ids) =>
        Rows<TicketType>(database, "id = ANY ({2})", AgainstChange, ids);

    public static IQueryable<TicketType> TicketTypesOfEvent(EquaticketDbContext database, Guid eventId) =>
        Rows<TicketType>(database, "event_id = {2}", AgainstChange, eventId);

    /// <remarks>
    /// An order can refer to the ticket type without a change of stock. This lock waits for such orders up front,
    /// because waiting later would deadlock.
    /// </remarks>
    public static IQueryable<TicketType> TicketTypeToRemove(EquaticketDbContext database, Guid id) =>
        Rows<TicketType>(database, "id = {2}", ToRemove, id);

    /// <summary>
    /// Locks the event against other edits. Sales take this lock only if <c>sold_out</c> may change.
    /// </summary>
    public static IQueryable<Event> Event(EquaticketDbContext database, Guid id) =>
        Rows<Event>(database, "id = {2}", AgainstChange, id);

    /// <summary>The same as a statement. Parameters: organization id, mode, event id.</summary>
    public const string EventStatement =
        $"SELECT 1 FROM events WHERE organization_id = $1 AND livemode = $2 AND id = $3 {AgainstChange}";

    /// <summary>The counter of an organization's test orders: nobody gets an order number while it is locked.</summary>
    public static IQueryable<OrderCounter> TestOrderCounterToRemove(
        EquaticketDbContext database, Guid organizationId) =>
        database.OrderCounters.FromSql(
            $"SELECT * FROM order_counters WHERE organization_id = {organizationId} AND NOT livemode FOR UPDATE");

    /// <summary>
    /// Protects an API key from revocation, if it is active. Parameters: organization id, key id, current time.
    /// </summary>
    public const string KeepActiveApiKey =
        """
        SELECT 1 FROM api_keys
        WHERE organization_id = $1 AND id = $2 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $3)
        FOR SHARE
        """;

    /// <summary>
    /// The same, but fails with a division by zero if the key isn't active, so that later statements of the same round
    /// trip don't run.
    /// </summary>
    public const string RequireActiveApiKey = $"SELECT 1 / count(*) FROM ({KeepActiveApiKey}) AS active";

    /// <summary>Locks an API key to revoke or expire it: waits for the writes in flight that use it.</summary>
    public static IQueryable<ApiKey> ApiKey(EquaticketDbContext database, Guid id)
    {
        var organizationId = database.Tenant!.Value.OrganizationId;
        return database.ApiKeys.FromSql(
            $"SELECT * FROM api_keys WHERE organization_id = {organizationId} AND id = {id} FOR UPDATE");
    }

    private static IQueryable<TRow> Rows<TRow>(
        EquaticketDbContext database, string condition, string strength, object value)
        where TRow : class
    {
        var (tenant, table) = (database.Tenant!.Value, database.Model.FindEntityType(typeof(TRow))!.GetTableName());
        var sql = $$"""
            SELECT * FROM {{table}} WHERE organization_id = {0} AND livemode = {1} AND {{condition}}
            ORDER BY id {{strength}}
            """;
        return database.Set<TRow>().FromSqlRaw(sql, tenant.OrganizationId, tenant.Livemode, value);
    }
}
