using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Peer;

internal sealed class EventGraphType : ObjectGraphType<Event>
{
    private readonly IDbContextFactory<PeerDatabase> _databases;

    public EventGraphType(IDbContextFactory<PeerDatabase> databases)
    {
        _databases = databases;
        Name = "Event";
        Field<NonNullGraphType<IdGraphType>>("id").Resolve(c => c.Source.Id);
        Field<NonNullGraphType<StringGraphType>>("title").Resolve(c => c.Source.Title);
        Field<NonNullGraphType<StringGraphType>>("slug").Resolve(c => c.Source.Slug);
        Field<NonNullGraphType<StringGraphType>>("status").Resolve(c => c.Source.Status);
        Field<NonNullGraphType<DateTimeGraphType>>("startsAt").Resolve(c => c.Source.StartsAt);
        Field<NonNullGraphType<StringGraphType>>("currency").Resolve(c => c.Source.Currency);
        Field<NonNullGraphType<PageGraphType<TicketTypeGraphType, TicketType>>>("ticketTypes")
            .Argument<NonNullGraphType<IntGraphType>>("first").Resolve(TicketTypes);
        Field<NonNullGraphType<PageGraphType<OrderGraphType, Order>>>("orders")
            .Argument<NonNullGraphType<IntGraphType>>("first").Resolve(Orders);
    }

    // Applies a limit to each parent. The SQL is written by hand, as is common, because Entity Framework Core would
    // generate a window function over the whole table.
    private IDataLoaderResult TicketTypes(IResolveFieldContext<Event> context)
    {
        var first = context.GetArgument<int>("first");
        return RequestContext.Of(context).Batch($"types {first}", async ids =>
        {
            await using var database = await _databases.CreateDbContextAsync();
            var rows = await database.TicketTypes.FromSql(
                $"""
                SELECT child.* FROM events AS parent CROSS JOIN LATERAL (
                    SELECT * FROM ticket_types AS row
                    WHERE row.organization_id = parent.organization_id AND row.livemode = parent.livemode
                        AND row.event_id = parent.id
                    ORDER BY created_at DESC, id DESC LIMIT {first}) AS child
                WHERE parent.id = ANY ({ids})
                """).ToListAsync();
            return rows.ToLookup(row => row.EventId);
        }).Load(context.Source.Id);
    }

    private IDataLoaderResult Orders(IResolveFieldContext<Event> context)
    {
        var first = context.GetArgument<int>("first");
        return RequestContext.Of(context).Batch($"orders {first}", async ids =>
        {
            await using var database = await _databases.CreateDbContextAsync();
            var rows = await database.Orders.FromSql(
                $"""
                SELECT child.* FROM events AS parent CROSS JOIN LATERAL (
                    SELECT * FROM orders AS row
                    WHERE row.organization_id = parent.organization_id AND row.livemode = parent.livemode
                        AND row.event_id = parent.id
                    ORDER BY created_at DESC, id DESC LIMIT {first}) AS child
                WHERE parent.id = ANY ({ids})
                """).ToListAsync();
            return rows.ToLookup(row => row.EventId);
        }).Load(context.Source.Id);
    }
}

internal sealed class TicketTypeGraphType : ObjectGraphType<TicketType>
{
    public TicketTypeGraphType()
    {
        Name = "TicketType";
        Field<NonNullGraphType<IdGraphType>>("id").Resolve(c => c.Source.Id);
        Field<NonNullGraphType<StringGraphType>>("name").Resolve(c => c.Source.Name);
        Field<NonNullGraphType<LongGraphType>>("price").Resolve(c => c.Source.Price);
        Field<NonNullGraphType<StringGraphType>>("currency").Resolve(c => c.Source.Currency);
        Field<IntGraphType>("quantityTotal").Resolve(c => c.Source.QuantityTotal);
        Field<NonNullGraphType<IntGraphType>>("quantitySold").Resolve(c => c.Source.QuantitySold);
    }
}

internal sealed class OrderGraphType : ObjectGraphType<Order>
{
    private readonly IDbContextFactory<PeerDatabase> _databases;

    public OrderGraphType(IDbContextFactory<PeerDatabase> databases)
    {
        _databases = databases;
        Name = "Order";
        Field<NonNullGraphType<IdGraphType>>("id").Resolve(c => c.Source.Id);
        Field<NonNullGraphType<StringGraphType>>("orderNumber").Resolve(c => $"EQ-{c.Source.Number}");
        Field<NonNullGraphType<StringGraphType>>("status").Resolve(c => c.Source.Status);
        Field<StringGraphType>("buyerEmail").Resolve(c => c.Source.BuyerEmail);
        Field<StringGraphType>("buyerName").Resolve(c => c.Source.BuyerName);
        Field<NonNullGraphType<LongGraphType>>("totalAmount").Resolve(c => c.Source.TotalAmount);
        Field<NonNullGraphType<LongGraphType>>("feeAmount").Resolve(c => c.Source.FeeAmount);
        Field<NonNullGraphType<StringGraphType>>("currency").Resolve(c => c.Source.Currency);
        Field<NonNullGraphType<IdGraphType>>("eventId").Resolve(c => c.Source.EventId);
        Field<NonNullGraphType<BooleanGraphType>>("livemode").Resolve(c => c.Source.Livemode);
        Field<NonNullGraphType<DateTimeGraphType>>("createdAt").Resolve(c => c.Source.CreatedAt);
        Field<NonNullGraphType<DateTimeGraphType>>("updatedAt").Resolve(c => c.Source.UpdatedAt);
        Field<NonNullGraphType<PageGraphType<AttendeeGraphType, Attendee>>>("attendees")
            .Argument<NonNullGraphType<IntGraphType>>("first").Resolve(Attendees);
    }

    private IDataLoaderResult Attendees(IResolveFieldContext<Order> context)
    {
        var first = context.GetArgument<int>("first");
        var (organization, livemode) = (context.Source.OrganizationId, context.Source.Livemode);
        return RequestContext.Of(context).Batch($"attendees {first}", async ids =>
        {
            await using var database = await _databases.CreateDbContextAsync();
            var rows = await database.Attendees.FromSql(
                $"""
                SELECT child.* FROM unnest({ids}) AS parent (id) CROSS JOIN LATERAL (
                    SELECT * FROM attendees AS row
                    WHERE row.organization_id = {organization} AND row.livemode = {livemode}
                        AND row.order_id = parent.id
                    ORDER BY created_at DESC, id DESC LIMIT {first}) AS child
                """).ToListAsync();
            return rows.ToLookup(row => row.OrderId);
        }).Load(context.Source.Id);
    }
}

internal sealed class AttendeeGraphType : ObjectGraphType<Attendee>
{
    public AttendeeGraphType()
    {
        Name = "Attendee";
        Field<NonNullGraphType<IdGraphType>>("id").Resolve(c => c.Source.Id);
        Field<NonNullGraphType<StringGraphType>>("ticketCode").Resolve(c => c.Source.TicketCode);
        Field<NonNullGraphType<StringGraphType>>("status").Resolve(c => c.Source.Status);
        Field<StringGraphType>("name").Resolve(c => c.Source.Name);
    }
}
