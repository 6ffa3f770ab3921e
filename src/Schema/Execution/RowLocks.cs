using Equaticket.Persistence;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.TicketTypes;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Execution;

/// <summary>
/// The row locks of transactions that touch an event. Each is held until the transaction ends. A transaction
/// takes the locks that it needs in the order of this file, rows of one kind by id; otherwise two
/// transactions could wait for each other.
/// </summary>
/// <remarks>
/// The idempotency key comes before all (<see cref="IdempotencyStore"/>). <see cref="TicketTypes.Stock"/> locks
/// ticket types in the statement that moves their stock, which saves sales a round trip.
/// </remarks>
internal static class RowLocks
{
    /// <summary>Keeps the event from being removed; edits and sales don't wait.</summary>
    public static IQueryable<Event> KeepEvent(EquaticketDbContext database, Guid id)
    {
        var tenant = database.Tenant!.Value;
        return database.Events.FromSql(
            $"""
            SELECT * FROM events
            WHERE organization_id = {tenant.OrganizationId} AND livemode = {tenant.Livemode} AND id = {id}
            FOR KEY SHARE
            """);
    }

    /// <summary>The same for the event of an order.</summary>
    public static IQueryable<Event> KeepEventOfOrder(EquaticketDbContext database, Guid orderId)
    {
        var tenant = database.Tenant!.Value;
        return database.Events.FromSql(
            $"""
            SELECT events.* FROM events JOIN orders ON orders.organization_id = events.organization_id
                AND orders.livemode = events.livemode AND orders.event_id = events.id
            WHERE orders.organization_id = {tenant.OrganizationId}
                AND orders.livemode = {tenant.Livemode} AND orders.id = {orderId}
            FOR KEY SHARE OF events
            """);
    }

    /// <summary>All test events of an organization, to remove them.</summary>
    public static IQueryable<Event> TestEvents(EquaticketDbContext database, Guid organizationId) =>
        database.Events.FromSql(
            $"""
            SELECT * FROM events WHERE organization_id = {organizationId} AND NOT livemode
            ORDER BY id FOR UPDATE
            """);

    public static IQueryable<Order> Order(EquaticketDbContext database, Guid id)
    {
        var tenant = database.Tenant!.Value;
        return database.Orders.FromSql(
            $"""
            SELECT * FROM orders
            WHERE organization_id = {tenant.OrganizationId} AND livemode = {tenant.Livemode} AND id = {id}
            FOR NO KEY UPDATE
            """);
    }

    public static IQueryable<Order> OrdersOfBuyer(EquaticketDbContext database, string emailKey)
    {
        var tenant = database.Tenant!.Value;
        return database.Orders.FromSql(
            $"""
            SELECT * FROM orders
            WHERE organization_id = {tenant.OrganizationId} AND livemode = {tenant.Livemode}
                AND buyer_email_key = {emailKey}
            ORDER BY id FOR NO KEY UPDATE
            """);
    }

    public static IQueryable<Attendee> AttendeesOfOrder(EquaticketDbContext database, Guid orderId)
    {
        var tenant = database.Tenant!.Value;
        return database.Attendees.FromSql(
            $"""
            SELECT * FROM attendees
            WHERE organization_id = {tenant.OrganizationId} AND livemode = {tenant.Livemode}
                AND order_id = {orderId}
            ORDER BY id FOR NO KEY UPDATE
            """);
    }

    /// <summary>A ticket, by its id or its code, and its event against being removed.</summary>
    public static IQueryable<Attendee> Ticket(EquaticketDbContext database, Guid? id, string? code)
    {
        var tenant = database.Tenant!.Value;
        var sql = $$"""
            SELECT ticket.* FROM attendees AS ticket JOIN events AS event
                ON event.organization_id = ticket.organization_id
                AND event.livemode = ticket.livemode AND event.id = ticket.event_id
            WHERE ticket.organization_id = {0} AND ticket.livemode = {1}
                AND ticket.{{(id is null ? "ticket_code" : "id")}} = {2}
            FOR KEY SHARE OF event FOR NO KEY UPDATE OF ticket
            """;
        return database.Attendees.FromSqlRaw(
            sql, tenant.OrganizationId, tenant.Livemode, (object?)id ?? code!);
    }

    public static IQueryable<TicketType> TicketTypes(EquaticketDbContext database, Guid[] ids)
    {
        var tenant = database.Tenant!.Value;
        return database.TicketTypes.FromSql(
            $"""
            SELECT * FROM ticket_types
            WHERE organization_id = {tenant.OrganizationId} AND livemode = {tenant.Livemode}
                AND id = ANY ({ids})
            ORDER BY id FOR NO KEY UPDATE
            """);
    }

    /// <summary>All ticket types of an event, and the event against being removed.</summary>
    public static IQueryable<TicketType> TicketTypesOfEvent(EquaticketDbContext database, Guid eventId)
    {
        var tenant = database.Tenant!.Value;
        return database.TicketTypes.FromSql(
            $"""
            SELECT ticket_type.* FROM events AS event JOIN ticket_types AS ticket_type
                ON ticket_type.organization_id = event.organization_id
                AND ticket_type.livemode = event.livemode AND ticket_type.event_id = event.id
            WHERE event.organization_id = {tenant.OrganizationId}
                AND event.livemode = {tenant.Livemode} AND event.id = {eventId}
            ORDER BY ticket_type.id FOR KEY SHARE OF event FOR NO KEY UPDATE OF ticket_type
            """);
    }

    /// <summary>
    /// A ticket type, to remove it. A sale refers to the ticket type before it moves its stock; this waits
    /// for that at once, because waiting later would be a deadlock.
    /// </summary>
    public static IQueryable<TicketType> TicketTypeToRemove(EquaticketDbContext database, Guid id)
    {
        var tenant = database.Tenant!.Value;
        return database.TicketTypes.FromSql(
            $"""
            SELECT * FROM ticket_types
            WHERE organization_id = {tenant.OrganizationId} AND livemode = {tenant.Livemode} AND id = {id}
            FOR UPDATE
            """);
    }

    /// <summary>The event against other edits. Sales take this lock only when <c>sold_out</c> may turn.</summary>
    public static IQueryable<Event> Event(EquaticketDbContext database, Guid id)
    {
        var tenant = database.Tenant!.Value;
        return database.Events.FromSql(
            $"""
            SELECT * FROM events
            WHERE organization_id = {tenant.OrganizationId} AND livemode = {tenant.Livemode} AND id = {id}
            FOR NO KEY UPDATE
            """);
    }

    /// <summary>Keeps an API key from being revoked.</summary>
    public static IQueryable<ApiKey> KeepApiKey(EquaticketDbContext database, Guid id)
    {
        var organizationId = database.Tenant!.Value.OrganizationId;
        return database.ApiKeys.FromSql(
            $"SELECT * FROM api_keys WHERE organization_id = {organizationId} AND id = {id} FOR SHARE");
    }

    /// <summary>An API key, to end it: waits for the writes in flight that keep it.</summary>
    public static IQueryable<ApiKey> ApiKey(EquaticketDbContext database, Guid id)
    {
        var organizationId = database.Tenant!.Value.OrganizationId;
        return database.ApiKeys.FromSql(
            $"SELECT * FROM api_keys WHERE organization_id = {organizationId} AND id = {id} FOR UPDATE");
    }
}
