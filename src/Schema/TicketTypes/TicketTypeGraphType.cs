using Equaticket.Engine.Cost;
using Equaticket.Engine.Nodes;
using Equaticket.Engine.Paging;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Attendees;
using Equaticket.Schema.Events;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Money;
using Equaticket.Schema.Reading;
using GraphQL.Types;

namespace Equaticket.Schema.TicketTypes;

public sealed class TicketTypeGraphType : ObjectGraphType<TicketTypeRow>
{
    public TicketTypeGraphType()
    {
        Name = "TicketType";
        Description = "A kind of ticket that an event sells, with its price and stock.";
        this.RequireScope(Scope.EventsRead);
        this.RequireRole(Role.CheckInOnly);
        Interface<NodeInterface>();
        IsTypeOf = row => row is TicketTypeRow;
        AddIdentity();
        AddPriceAndStock();
        AddSales();
        AddTimes();
        Field<NonNullGraphType<EventGraphType>>("event")
            .Description("The event that sells the ticket type.")
            .Resolve(c => EventLoaders.Rows.ById(c, c.Source.TicketType.EventId))
            .ForReaders(Scope.EventsRead, Role.CheckInOnly);
        Field<NonNullGraphType<ConnectionGraphType<AttendeeGraphType, Attendee>>>("attendees")
            .Description("The attendees with tickets of this type, newest first.")
            .ResolveChildren(AttendeeLoaders.OfTicketTypes)
            .ForReaders(Scope.AttendeesRead, Role.EventManager);
    }

    private void AddIdentity()
    {
        Field<NonNullGraphType<IdGraphType>>("id")
            .Description("The unique identifier (UUID), the same in every API.")
            .Resolve(c => c.Source.Id);
        Field<NonNullGraphType<BooleanGraphType>>("livemode")
            .Description("False for test data.")
            .Resolve(c => c.Source.TicketType.Livemode);
        Field<NonNullGraphType<IdGraphType>>("eventId")
            .Description("The id of the event that sells the ticket type.")
            .Resolve(c => c.Source.TicketType.EventId);
        Field<NonNullGraphType<StringGraphType>>("name")
            .Description("The name shown to buyers, such as `General Admission`.")
            .Resolve(c => c.Source.TicketType.Name);
        Field<StringGraphType>("description")
            .Description("The description shown to buyers.")
            .Resolve(c => c.Source.TicketType.Description)
            .FieldType.HasCost(5);
        Field<NonNullGraphType<IntGraphType>>("position")
            .Description("The position among the event's ticket types, from 0.")
            .Resolve(c => c.Source.TicketType.Position);
        Field<NonNullGraphType<MetadataGraphType>>("metadata")
            .Description("Custom key-value pairs, ordered by key.")
            .Resolve(c => c.Source.TicketType.Metadata)
            .FieldType.HasCost(20);
        Field<NonNullGraphType<IntGraphType>>("version")
            .Description("The version number, from 1. Edits increment it; sales do not.")
            .Resolve(c => c.Source.TicketType.Version);
    }

    private void AddPriceAndStock()
    {
        Field<NonNullGraphType<MoneyGraphType>>("price")
            .Description("The price of one ticket, in the currency's smallest unit; 0 if free.")
            .Resolve(c => c.Source.TicketType.Price);
        Field<NonNullGraphType<StringGraphType>>("currency")
            .Description("The event's currency, as a lowercase ISO 4217 code.")
            .Resolve(c => c.Source.TicketType.Currency);
        Field<IntGraphType>("quantityTotal")
            .Description("The number of tickets that can be sold; null if unlimited.")
            .Resolve(c => c.Source.TicketType.QuantityTotal);
        Field<NonNullGraphType<IntGraphType>>("quantitySold")
            .Description("The number of tickets in confirmed orders.")
            .Resolve(c => c.Source.TicketType.QuantitySold);
        Field<IntGraphType>("quantityAvailable")
            .Description("The number of tickets left: total minus sold and minus those held by checkouts in "
                + "progress; null if unlimited.")
            .Resolve(c => c.Source.TicketType.QuantityAvailable);
    }

    private void AddSales()
    {
        Field<NonNullGraphType<IntGraphType>>("minPerOrder")
            .Description("The minimum number of tickets of this type per order.")
            .Resolve(c => c.Source.TicketType.MinPerOrder);
        Field<NonNullGraphType<IntGraphType>>("maxPerOrder")
            .Description("The maximum number of tickets of this type per order.")
            .Resolve(c => c.Source.TicketType.MaxPerOrder);
        Field<UtcDateTimeGraphType>("salesStartAt")
            .Description("When sales start; null if they start immediately.")
            .Resolve(c => c.Source.TicketType.SalesStartAt);
        Field<UtcDateTimeGraphType>("salesEndAt")
            .Description("When sales end; null if they last as long as the event's sales.")
            .Resolve(c => c.Source.TicketType.SalesEndAt);
        Field<NonNullGraphType<WireEnumGraphType<TicketTypeStatus>>>("status")
            .Description("The ticket type's sales status.")
            .Resolve(c => c.Source.Status);
    }

    private void AddTimes()
    {
        Field<NonNullGraphType<UtcDateTimeGraphType>>("createdAt")
            .Description("When the ticket type was created.")
            .Resolve(c => c.Source.CreatedAt);
        Field<NonNullGraphType<UtcDateTimeGraphType>>("updatedAt")
            .Description("When the ticket type was last updated.")
            .Resolve(c => c.Source.TicketType.UpdatedAt);
    }
}
