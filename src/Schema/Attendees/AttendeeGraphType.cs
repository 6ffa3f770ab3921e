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
        Description = "A ticket and whoever holds it. Made when its order is confirmed.";
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
            .Description("Its id, a UUID, the same in every API.")
            .Resolve(c => c.Source.Id);
        Field<NonNullGraphType<BooleanGraphType>>("livemode")
            .Description("False for test data.")
            .Resolve(c => c.Source.Livemode);
        Field<NonNullGraphType<BooleanGraphType>>("isTestData")
            .Description("True for test data, which counts in no figure and sends no e-mail.")
            .Resolve(c => !c.Source.Livemode);
        Field<NonNullGraphType<StringGraphType>>("ticketCode")
            .Description("The code on the ticket: 8 characters of `A-Z0-9` without `0`, `O`, `1` and "
                + "`I`, unique in your organization.")
            .Resolve(c => c.Source.TicketCode);
        Field<NonNullGraphType<WireEnumGraphType<AttendeeStatus>>>("status")
            .Description("Whether the ticket lets its holder in.")
            .Resolve(c => c.Source.Status);
        Field<NonNullGraphType<IntGraphType>>("version")
            .Description("Counts changes of the ticket, from 1.")
            .Resolve(c => c.Source.Version);
    }

    private void AddOwners()
    {
        Field<NonNullGraphType<IdGraphType>>("eventId")
            .Description("The event that the ticket is for.")
            .Resolve(c => c.Source.EventId);
        Field<NonNullGraphType<IdGraphType>>("orderId")
            .Description("The order that the ticket was bought with.")
            .Resolve(c => c.Source.OrderId);
        Field<NonNullGraphType<StringGraphType>>("orderNumber")
            .Description("What people call that order by, such as `EQ-1001`.")
            .Resolve(c => OrderNumbers.Format(c.Source.OrderNumber));
        Field<NonNullGraphType<IdGraphType>>("ticketTypeId")
            .Description("The ticket type.")
            .Resolve(c => c.Source.TicketTypeId);
        Field<NonNullGraphType<StringGraphType>>("ticketTypeName")
            .Description("The ticket type's name when the ticket was bought.")
            .Resolve(c => c.Source.TicketTypeName);
    }

    private void AddHolder()
    {
        Field<StringGraphType>("name")
            .Description("Who comes; null once the buyer's data was removed.")
            .Resolve(c => c.Source.Name);
        Field<StringGraphType>("email")
            .Description("The holder's address as it was given; null once the buyer's data was removed.")
            .Resolve(c => c.Source.Email)
            .FieldType.RequireCaller().RequireRole(Role.EventManager);
        Field<NonNullGraphType<BooleanGraphType>>("checkedIn")
            .Description("Whether the holder was let in.")
            .Resolve(c => c.Source.CheckedInAt is not null);
        Field<UtcDateTimeGraphType>("checkedInAt")
            .Description("When the holder was let in; null otherwise.")
            .Resolve(c => c.Source.CheckedInAt);
    }

    private void AddPrice()
    {
        Field<NonNullGraphType<MoneyGraphType>>("price")
            .Description("The price on the ticket.")
            .Resolve(c => c.Source.Price)
            .FieldType.RequireCaller().RequireRole(Role.EventManager);
        Field<NonNullGraphType<MoneyGraphType>>("amountPaid")
            .Description("What was paid for it; what a refund gives back.")
            .Resolve(c => c.Source.AmountPaid)
            .FieldType.RequireCaller().RequireRole(Role.EventManager);
        Field<NonNullGraphType<StringGraphType>>("currency")
            .Description("ISO 4217 in lower case; that of the event.")
            .Resolve(c => c.Source.Currency);
    }

    private void AddTimes()
    {
        Field<NonNullGraphType<UtcDateTimeGraphType>>("createdAt")
            .Description("When the ticket was made.")
            .Resolve(c => c.Source.CreatedAt);
        Field<NonNullGraphType<UtcDateTimeGraphType>>("updatedAt")
            .Description("When the ticket last changed.")
            .Resolve(c => c.Source.UpdatedAt);
    }

    private void AddLinks()
    {
        Field<NonNullGraphType<EventGraphType>>("event")
            .Description("The event that the ticket is for.")
            .Resolve(c => EventLoaders.Rows.ById(c, c.Source.EventId))
            .ForReaders(Scope.EventsRead, Role.CheckInOnly);
        Field<NonNullGraphType<TicketTypeGraphType>>("ticketType")
            .Description("The ticket type, as it is now.")
            .Resolve(c => TicketTypeLoaders.Rows.ById(c, c.Source.TicketTypeId))
            .ForReaders(Scope.EventsRead, Role.CheckInOnly);
        Field<NonNullGraphType<OrderGraphType>>("order")
            .Description("The order that the ticket was bought with.")
            .Resolve(c => OrderLoaders.Rows.ById(c, c.Source.OrderId))
            .ForReaders(Scope.OrdersRead, Role.EventManager);
    }
}
