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
        Description = "Something that tickets are sold for.";
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
            .Description("Its id, a UUID, the same in every API.")
            .Resolve(c => c.Source.Id);
        Field<NonNullGraphType<BooleanGraphType>>("livemode")
            .Description("False for test data.")
            .Resolve(c => c.Source.Event.Livemode);
        Field<NonNullGraphType<StringGraphType>>("title")
            .Description("What the event is called.")
            .Resolve(c => c.Source.Event.Title);
        Field<NonNullGraphType<StringGraphType>>("slug")
            .Description("The event's name in addresses, unique in the organization and mode.")
            .Resolve(c => c.Source.Event.Slug);
        Field<NonNullGraphType<WireEnumGraphType<EventStatus>>>("status")
            .Description("Where the event is in its life.")
            .Resolve(c => c.Source.Event.Status);
        Field<NonNullGraphType<StringGraphType>>("url")
            .Description("The public page of the event. Made by us.")
            .Resolve(Url);
    }

    private void AddDetails()
    {
        Field<StringGraphType>("description")
            .Description("Free text for buyers.")
            .Resolve(c => c.Source.Event.Description)
            .FieldType.HasCost(20);
        Field<NonNullGraphType<StringGraphType>>("timezone")
            .Description("The IANA time zone of the venue, such as `America/Chicago`.")
            .Resolve(c => c.Source.Event.Timezone);
        Field<NonNullGraphType<StringGraphType>>("currency")
            .Description("ISO 4217 in lower case, such as `usd`. Fixed once there is a ticket type.")
            .Resolve(c => c.Source.Event.Currency);
        Field<StringGraphType>("venueName")
            .Description("Where it takes place.")
            .Resolve(c => c.Source.Event.VenueName);
        Field<StringGraphType>("venueAddress")
            .Description("The venue's postal address.")
            .Resolve(c => c.Source.Event.VenueAddress);
        Field<NonNullGraphType<MetadataGraphType>>("metadata")
            .Description("Your own pairs, in the order of their keys.")
            .Resolve(c => c.Source.Event.Metadata)
            .FieldType.HasCost(20);
        Field<NonNullGraphType<IntGraphType>>("version")
            .Description("Counts edits and status changes, from 1. Sales do not move it.")
            .Resolve(c => c.Source.Event.Version);
    }

    private void AddSales()
    {
        Field<NonNullGraphType<IntGraphType>>("ticketsSold")
            .Description("Tickets of confirmed orders, over all ticket types.")
            .Resolve(c => c.Source.TicketsSold);
        Field<IntGraphType>("capacity")
            .Description("Tickets in all; null when a ticket type is unlimited.")
            .Resolve(c => c.Source.Capacity);
        Field<NonNullGraphType<BooleanGraphType>>("soldOut")
            .Description("Whether every ticket of every type is sold and confirmed.")
            .Resolve(c => c.Source.SoldOut);
        Field<RefundProgressGraphType>("refundProgress")
            .Description("How far the refunds are; null unless the event was cancelled with refunds.")
            .Resolve(c => c.Source.Event.RefundsRequestedAt is null
                ? null
                : RefundProgressLoader.OfEvent(c, c.Source.Id));
    }

    private void AddTimes()
    {
        Field<NonNullGraphType<DateTimeGraphType>>("startsAt")
            .Description("When the event starts.")
            .Resolve(c => c.Source.Event.StartsAt);
        Field<DateTimeGraphType>("endsAt")
            .Description("When the event ends; null when no end was given.")
            .Resolve(c => c.Source.Event.EndsAt);
        Field<DateTimeGraphType>("publishedAt")
            .Description("When the event was published; null before.")
            .Resolve(c => c.Source.Event.PublishedAt);
        Field<DateTimeGraphType>("cancelledAt")
            .Description("When the event was cancelled; null otherwise.")
            .Resolve(c => c.Source.Event.CancelledAt);
        Field<NonNullGraphType<DateTimeGraphType>>("createdAt")
            .Description("When the event was created.")
            .Resolve(c => c.Source.CreatedAt);
        Field<NonNullGraphType<DateTimeGraphType>>("updatedAt")
            .Description("When the event last changed. It also moves when `soldOut` turns true or false, which "
                + "leaves the version as it is; sales alone move neither.")
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
