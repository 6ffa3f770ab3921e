using Equaticket.Engine.Cost;
using Equaticket.Engine.Fields;
using Equaticket.Engine.Paging;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Attendees;
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
        this.IsNode(Scope.EventsRead, Role.CheckInOnly);
        AddIdentity();
        AddDetails();
        AddSales();
        AddTimes();
        AddLists();
    }

    private void AddIdentity()
    {
        this.Leaf("id", "The unique identifier (UUID), the same in every API.", row => row.Id);
        this.Leaf("livemode", "False for test data.", row => row.Event.Livemode);
        this.Leaf("title", "The event's title.", row => row.Event.Title);
        this.Leaf("slug", "The event's URL slug, unique within the organization and mode.", row => row.Event.Slug);
        this.Leaf("status", "The event's status.", row => row.Event.Status);
        Field<NonNullGraphType<StringGraphType>>("url")
            .Description("The generated URL of the event's public page.")
            .Resolve(Url);
    }

    private void AddDetails()
    {
        this.OptionalLeaf("description", "The description shown to buyers.", row => row.Event.Description).HasCost(20);
        this.Leaf("timezone", "The venue's IANA time zone, such as `America/Chicago`.", row => row.Event.Timezone);
        this.Leaf("currency",
            "The lowercase ISO 4217 currency code, such as `usd`. Fixed once the event has a ticket type.",
            row => row.Event.Currency);
        this.OptionalLeaf("venueName", "The venue's name.", row => row.Event.VenueName);
        this.OptionalLeaf("venueAddress", "The venue's postal address.", row => row.Event.VenueAddress);
        this.Leaf("metadata", "Custom key-value pairs, ordered by key.",
            row => row.Event.Metadata, typeof(MetadataGraphType)).HasCost(20);
        this.Leaf("version", "The version number, from 1. Edits and status changes increment it; sales do not.",
            row => row.Event.Version);
    }

    private void AddSales()
    {
        this.Leaf("ticketsSold", "The number of tickets in confirmed orders, across all ticket types.",
            row => row.TicketsSold);
        this.OptionalLeaf("capacity", "The total number of tickets; null if any ticket type is unlimited.",
            row => row.Capacity);
        this.Leaf("soldOut", "Whether the event is sold out: every ticket of every type is sold and confirmed.",
            row => row.SoldOut);
        Field<RefundProgressGraphType>("refundProgress")
            .Description("The refund progress; null unless the event was cancelled with refunds.")
            .Resolve(c => c.Source.Event.RefundsRequestedAt is null
                ? null
                : RefundProgressLoader.OfEvent(c, c.Source.Id));
    }

    private void AddTimes()
    {
        this.Leaf("startsAt", "When the event starts.", row => row.Event.StartsAt);
        this.OptionalLeaf("endsAt", "When the event ends; null if no end is set.", row => row.Event.EndsAt);
        this.OptionalLeaf("publishedAt", "When the event was published; null until it is.",
            row => row.Event.PublishedAt);
        this.OptionalLeaf("cancelledAt", "When the event was cancelled; null if it is not.",
            row => row.Event.CancelledAt);
        this.Leaf("createdAt", "When the event was created.", row => row.CreatedAt);
        this.Leaf("updatedAt",
            "When the event was last updated. A change of `soldOut` also counts, but does not increment the "
                + "version; sales alone affect neither.",
            row => row.Event.UpdatedAt);
    }

    private void AddLists()
    {
        Field<NonNullGraphType<ConnectionGraphType<TicketTypeGraphType, TicketTypeRow>>>("ticketTypes")
            .Description("The ticket types of the event, newest first.")
            .ResolveChildren(TicketTypeReader.OfEvents)
            .ForReaders(Scope.EventsRead, Role.CheckInOnly);
        Field<NonNullGraphType<ConnectionGraphType<OrderGraphType, Order>>>("orders")
            .Description("The orders for the event, newest first.")
            .ResolveChildren(OrderReader.OfEvents)
            .ForReaders(Scope.OrdersRead, Role.EventManager);
        Field<NonNullGraphType<ConnectionGraphType<AttendeeGraphType, Attendee>>>("attendees")
            .Description("The attendees of the event, newest first.")
            .ResolveChildren(AttendeeReader.OfEvents)
            .ForReaders(Scope.AttendeesRead, Role.EventManager);
    }

    private static string Url(IResolveFieldContext<EventRow> context)
    {
        var operation = OperationContext.Of(context);
        var row = context.Source.Event;
        return operation.Urls.Event(operation.Caller.OrganizationSlug, row.Slug, row.Livemode);
    }
}
