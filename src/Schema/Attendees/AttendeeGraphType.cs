using Equaticket.Engine.Fields;
using Equaticket.Engine.Paging;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Team;
using Equaticket.Schema.CheckIns;
using Equaticket.Schema.Events;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Money;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Reading;
using Equaticket.Schema.TicketTypes;
using GraphQL.Types;

namespace Equaticket.Schema.Attendees;

[LongLists]
public sealed class AttendeeGraphType : ObjectGraphType<Attendee>
{
    public AttendeeGraphType()
    {
        Name = "Attendee";
        Description = "A ticket and its holder, created when the order is confirmed.";
        this.IsNode(Scope.AttendeesRead, Role.EventManager);
        AddIdentity();
        AddOwners();
        AddHolder();
        AddPrice();
        AddTimes();
        AddLinks();
        this.AddQrCode();
    }

    private void AddIdentity()
    {
        this.Leaf("id", "The unique identifier (UUID), the same in every API.", attendee => attendee.Id);
        this.Leaf("livemode", "False for test data.", attendee => attendee.Livemode);
        this.Leaf("isTestData", "True for test data, which is excluded from all statistics and sends no email.",
            attendee => !attendee.Livemode);
        this.Leaf("ticketCode",
            "The code on the ticket, unique in your organization: 8 characters of `A-Z0-9`, excluding `0`, `O`, `1` "
                + "and `I`.",
            attendee => attendee.TicketCode);
        this.Leaf("status", "The ticket's status.", attendee => attendee.Status);
        this.Leaf("version", "The version number, from 1. Every change of the ticket increments it.",
            attendee => attendee.Version);
    }

    private void AddOwners()
    {
        this.Leaf("eventId", "The ID of the event that the ticket is for.", attendee => attendee.EventId);
        this.Leaf("orderId", "The ID of the order that the ticket belongs to.", attendee => attendee.OrderId);
        this.Leaf("orderNumber", "The human-readable order number, such as `EQ-1001`.",
            attendee => OrderNumbers.Format(attendee.OrderNumber));
        this.Leaf("ticketTypeId", "The ID of the ticket type.", attendee => attendee.TicketTypeId);
        this.Leaf("ticketTypeName", "The name of the ticket type at the time of purchase.",
            attendee => attendee.TicketTypeName);
    }

    private void AddHolder()
    {
        this.OptionalLeaf("name", "The holder's name; null once the buyer's data is removed.",
            attendee => attendee.Name);
        this.OptionalLeaf("email", "The holder's email address as entered; null once the buyer's data is removed.",
            attendee => attendee.Email)
            .RequireCaller().RequireRole(Role.EventManager);
        this.Leaf("checkedIn", "Whether the holder is checked in.", attendee => attendee.CheckedInAt != null);
        this.OptionalLeaf("checkedInAt", "When the holder was checked in; null if not checked in.",
            attendee => attendee.CheckedInAt);
    }

    private void AddPrice()
    {
        this.Leaf("price", "The ticket's price, in the currency's smallest unit.",
            attendee => attendee.Price, typeof(MoneyGraphType))
            .RequireCaller().RequireRole(Role.EventManager);
        this.Leaf("amountPaid",
            "The amount paid for the ticket, which a refund returns, in the currency's smallest unit.",
            attendee => attendee.AmountPaid, typeof(MoneyGraphType))
            .RequireCaller().RequireRole(Role.EventManager);
        this.Leaf("currency", "The event's currency, as a lowercase ISO 4217 code.", attendee => attendee.Currency);
    }

    private void AddTimes()
    {
        this.Leaf("createdAt", "When the ticket was created.", attendee => attendee.CreatedAt);
        this.Leaf("updatedAt", "When the ticket was last updated.", attendee => attendee.UpdatedAt);
    }

    private void AddLinks()
    {
        Field<NonNullGraphType<EventGraphType>>("event")
            .Description("The event that the ticket is for.")
            .ResolveBatch(ticket => ticket.EventId, EventReader.Rows.ById)
            .ForReaders(Scope.EventsRead, Role.CheckInOnly);
        Field<NonNullGraphType<TicketTypeGraphType>>("ticketType")
            .Description("The ticket type in its current state.")
            .ResolveBatch(ticket => ticket.TicketTypeId, TicketTypeReader.Rows.ById)
            .ForReaders(Scope.EventsRead, Role.CheckInOnly);
        Field<NonNullGraphType<OrderGraphType>>("order")
            .Description("The order that the ticket belongs to.")
            .ResolveBatch(ticket => ticket.OrderId, OrderReader.Rows.ById)
            .ForReaders(Scope.OrdersRead, Role.EventManager);
    }
}
