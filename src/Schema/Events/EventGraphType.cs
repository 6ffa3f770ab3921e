using Equaticket.Engine.Cost;
using Equaticket.Engine.Nodes;
using Equaticket.Engine.Paging;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Attendees;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Reading;
using Equaticket.Schema.Refunds;
using Equaticket.Schema.TicketTypes;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema.Events;

public sealed class EventGraphType : ObjectGraphType<EventRow>
{
    public EventGraphType()
    {
        Name = "Event";
        Description = "An event that tickets are sold for.";
        this.RequireScope(Scope.EventsRead);
        this.RequireRole(Role.CheckInOnly);
        Interface<NodeInterface>();
        IsTypeOf = row => row is EventRow;
        AddIdentity();
        AddDetails();
        AddSales();
        AddTimes();
        AddLists();
    }

    private void AddIdentity()
    {
        Field<NonNullGraphType<IdGraphType>>("id")
            .Description("The unique identifier (UUID), the same in every API.")
            .Resolve(c => c.Source.Id);
        Field<NonNullGraphType<BooleanGraphType>>("livemode")
            .Description("False for test data.")
            .Resolve(c => c.Source.Event.Livemode);
        Field<NonNullGraphType<StringGraphType>>("title")
            .Description("The event's title.")
            .Resolve(c => c.Source.Event.Title);
        Field<NonNullGraphType<StringGraphType>>("slug")
            .Description("The event's URL slug, unique within the organization and mode.")
            .Resolve(c => c.Source.Event.Slug);
        Field<NonNullGraphType<WireEnumGraphType<EventStatus>>>("status")
            .Description("The event's status.")
            .Resolve(c => c.Source.Event.Status);
        Field<NonNullGraphType<StringGraphType>>("url")
            .Description("The generated URL of the event's public page.")
            .Resolve(Url);
    }

    private void AddDetails()
    {
        Field<StringGraphType>("description")
            .Description("The description shown to buyers.")
            .Resolve(c => c.Source.Event.Description)
            .FieldType.HasCost(20);
        Field<NonNullGraphType<StringGraphType>>("timezone")
            .Description("The venue's IANA time zone, such as `America/Chicago`.")
            .Resolve(c => c.Source.Event.Timezone);
        Field<NonNullGraphType<StringGraphType>>("currency")
            .Description("The lowercase ISO 4217 currency code, such as `usd`. Fixed once the event has a ticket type.")
            .Resolve(c => c.Source.Event.Currency);
        Field<StringGraphType>("venueName")
            .Description("The venue's name.")
            .Resolve(c => c.Source.Event.VenueName);
        Field<StringGraphType>("venueAddress")
            .Description("The venue's postal address.")
            .Resolve(c => c.Source.Event.VenueAddress);
        Field<NonNullGraphType<MetadataGraphType>>("metadata")
            .Description("Custom key-value pairs, ordered by key.")
            .Resolve(c => c.Source.Event.Metadata)
            .FieldType.HasCost(20);
        Field<NonNullGraphType<IntGraphType>>("version")
            .Description("The version number, from 1. Edits and status changes increment it; sales do not.")
            .Resolve(c => c.Source.Event.Version);
    }

    private void AddSales()
    {
        Field<NonNullGraphType<IntGraphType>>("ticketsSold")
            .Description("The number of tickets in confirmed orders, across all ticket types.")
            .Resolve(c => c.Source.TicketsSold);
        Field<IntGraphType>("capacity")
            .Description("The total number of tickets; null if any ticket type is unlimited.")
            .Resolve(c => c.Source.Capacity);
        Field<NonNullGraphType<BooleanGraphType>>("soldOut")
            .Description("Whether the event is sold out: every ticket of every type is sold and confirmed.")
            .Resolve(c => c.Source.SoldOut);
        Field<RefundProgressGraphType>("refundProgress")
            .Description("The refund progress; null unless the event was cancelled with refunds.")
            .Resolve(c => c.Source.Event.RefundsRequestedAt is null
                ? null
                : RefundProgressLoader.OfEvent(c, c.Source.Id));
    }

    private void AddTimes()
    {
        Field<NonNullGraphType<UtcDateTimeGraphType>>("startsAt")
            .Description("When the event starts.")
            .Resolve(c => c.Source.Event.StartsAt);
        Field<UtcDateTimeGraphType>("endsAt")
            .Description("When the event ends; null if no end is set.")
            .Resolve(c => c.Source.Event.EndsAt);
        Field<UtcDateTimeGraphType>("publishedAt")
            .Description("When the event was published; null before.")
            .Resolve(c => c.Source.Event.PublishedAt);
        Field<UtcDateTimeGraphType>("cancelledAt")
            .Description("When the event was cancelled; null if it is not.")
            .Resolve(c => c.Source.Event.CancelledAt);
        Field<NonNullGraphType<UtcDateTimeGraphType>>("createdAt")
            .Description("When the event was created.")
            .Resolve(c => c.Source.CreatedAt);
        Field<NonNullGraphType<UtcDateTimeGraphType>>("updatedAt")
            .Description("When the event was last updated. A change of `soldOut` also counts, but does not "
                + "increment the version; sales alone affect neither.")
            .Resolve(c => c.Source.Event.UpdatedAt);
    }

    private void AddLists()
    {
        Field<NonNullGraphType<ConnectionGraphType<TicketTypeGraphType, TicketTypeRow>>>("ticketTypes")
            .Description("The ticket types of the event, newest first.")
            .ResolveChildren(TicketTypeLoaders.OfEvents)
            .ForReaders(Scope.EventsRead, Role.CheckInOnly);
        Field<NonNullGraphType<ConnectionGraphType<OrderGraphType, Order>>>("orders")
            .Description("The orders for the event, newest first.")
            .ResolveChildren(OrderLoaders.OfEvents)
            .ForReaders(Scope.OrdersRead, Role.EventManager);
        Field<NonNullGraphType<ConnectionGraphType<AttendeeGraphType, Attendee>>>("attendees")
            .Description("The attendees of the event, newest first.")
            .ResolveChildren(AttendeeLoaders.OfEvents)
            .ForReaders(Scope.AttendeesRead, Role.EventManager);
    }

    private static string Url(IResolveFieldContext<EventRow> context)
    {
        var operation = OperationContext.Of(context);
        var row = context.Source.Event;
        return operation.Urls.Event(operation.Caller.OrganizationSlug, row.Slug, row.Livemode);
    }
}
