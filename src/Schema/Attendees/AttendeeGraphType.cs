using Equaticket.Engine.Nodes;
using Equaticket.Engine.Paging;
using Equaticket.Engine.Scalars;
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
        this.RequireScope(Scope.AttendeesRead);
        this.RequireRole(Role.EventManager);
        Interface<NodeInterface>();
        IsTypeOf = row => row is Attendee;
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
        Field<NonNullGraphType<IdGraphType>>("id")
            .Description("The unique identifier (UUID), the same in every API.")
            .Resolve(c => c.Source.Id);
        Field<NonNullGraphType<BooleanGraphType>>("livemode")
            .Description("False for test data.")
            .Resolve(c => c.Source.Livemode);
        Field<NonNullGraphType<BooleanGraphType>>("isTestData")
            .Description("True for test data, which is excluded from all statistics and sends no e-mail.")
            .Resolve(c => !c.Source.Livemode);
        Field<NonNullGraphType<StringGraphType>>("ticketCode")
            .Description("The code on the ticket, unique in your organization: 8 characters of `A-Z0-9`, "
                + "excluding `0`, `O`, `1` and `I`.")
            .Resolve(c => c.Source.TicketCode);
        Field<NonNullGraphType<WireEnumGraphType<AttendeeStatus>>>("status")
            .Description("The ticket's status.")
            .Resolve(c => c.Source.Status);
        Field<NonNullGraphType<IntGraphType>>("version")
            .Description("The version number, from 1. Every change of the ticket increments it.")
            .Resolve(c => c.Source.Version);
    }

    private void AddOwners()
    {
        Field<NonNullGraphType<IdGraphType>>("eventId")
            .Description("The id of the event that the ticket is for.")
            .Resolve(c => c.Source.EventId);
        Field<NonNullGraphType<IdGraphType>>("orderId")
            .Description("The id of the order that the ticket belongs to.")
            .Resolve(c => c.Source.OrderId);
        Field<NonNullGraphType<StringGraphType>>("orderNumber")
            .Description("The human-readable order number, such as `EQ-1001`.")
            .Resolve(c => OrderNumbers.Format(c.Source.OrderNumber));
        Field<NonNullGraphType<IdGraphType>>("ticketTypeId")
            .Description("The id of the ticket type.")
            .Resolve(c => c.Source.TicketTypeId);
        Field<NonNullGraphType<StringGraphType>>("ticketTypeName")
            .Description("The name of the ticket type at the time of purchase.")
            .Resolve(c => c.Source.TicketTypeName);
    }

    private void AddHolder()
    {
        Field<StringGraphType>("name")
            .Description("The holder's name; null once the buyer's data is removed.")
            .Resolve(c => c.Source.Name);
        Field<StringGraphType>("email")
            .Description("The holder's e-mail address as entered; null once the buyer's data is removed.")
            .Resolve(c => c.Source.Email)
            .FieldType.RequireCaller().RequireRole(Role.EventManager);
        Field<NonNullGraphType<BooleanGraphType>>("checkedIn")
            .Description("Whether the holder is checked in.")
            .Resolve(c => c.Source.CheckedInAt is not null);
        Field<UtcDateTimeGraphType>("checkedInAt")
            .Description("When the holder was checked in; null if not checked in.")
            .Resolve(c => c.Source.CheckedInAt);
    }

    private void AddPrice()
    {
        Field<NonNullGraphType<MoneyGraphType>>("price")
            .Description("The ticket's price, in the currency's smallest unit.")
            .Resolve(c => c.Source.Price)
            .FieldType.RequireCaller().RequireRole(Role.EventManager);
        Field<NonNullGraphType<MoneyGraphType>>("amountPaid")
            .Description("The amount paid for the ticket, which a refund returns, in the currency's smallest unit.")
            .Resolve(c => c.Source.AmountPaid)
            .FieldType.RequireCaller().RequireRole(Role.EventManager);
        Field<NonNullGraphType<StringGraphType>>("currency")
            .Description("The event's currency, as a lowercase ISO 4217 code.")
            .Resolve(c => c.Source.Currency);
    }

    private void AddTimes()
    {
        Field<NonNullGraphType<UtcDateTimeGraphType>>("createdAt")
            .Description("When the ticket was created.")
            .Resolve(c => c.Source.CreatedAt);
        Field<NonNullGraphType<UtcDateTimeGraphType>>("updatedAt")
            .Description("When the ticket was last updated.")
            .Resolve(c => c.Source.UpdatedAt);
    }

    private void AddLinks()
    {
        Field<NonNullGraphType<EventGraphType>>("event")
            .Description("The event that the ticket is for.")
            .Resolve(c => EventLoaders.Rows.ById(c, c.Source.EventId))
            .ForReaders(Scope.EventsRead, Role.CheckInOnly);
        Field<NonNullGraphType<TicketTypeGraphType>>("ticketType")
            .Description("The ticket type in its current state.")
            .Resolve(c => TicketTypeLoaders.Rows.ById(c, c.Source.TicketTypeId))
            .ForReaders(Scope.EventsRead, Role.CheckInOnly);
        Field<NonNullGraphType<OrderGraphType>>("order")
            .Description("The order that the ticket belongs to.")
            .Resolve(c => OrderLoaders.Rows.ById(c, c.Source.OrderId))
            .ForReaders(Scope.OrdersRead, Role.EventManager);
    }
}
