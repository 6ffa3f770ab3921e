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
        Description = "A kind of ticket that an event sells, with its price and its stock.";
        this.RequireScope(Scope.EventsRead);
        this.RequireRole(Role.CheckInOnly);
        Interface<NodeInterface>();
        IsTypeOf = row => row is TicketTypeRow;
        AddIdentity();
        AddPriceAndStock();
        AddSales();
        AddTimes();
        Field<NonNullGraphType<EventGraphType>>("event")
            .Description("The event that sells it.")
            .Resolve(c => EventLoaders.Rows.ById(c, c.Source.TicketType.EventId))
            .ForReaders(Scope.EventsRead, Role.CheckInOnly);
        Field<NonNullGraphType<ConnectionGraphType<AttendeeGraphType, Attendee>>>("attendees")
            .Description("Those who hold tickets of this type, newest first.")
            .ResolveChildren(AttendeeLoaders.OfTicketTypes)
            .ForReaders(Scope.AttendeesRead, Role.EventManager);
    }

    private void AddIdentity()
    {
        Field<NonNullGraphType<IdGraphType>>("id")
            .Description("Its id, a UUID, the same in every API.")
            .Resolve(c => c.Source.Id);
        Field<NonNullGraphType<BooleanGraphType>>("livemode")
            .Description("False for test data.")
            .Resolve(c => c.Source.TicketType.Livemode);
        Field<NonNullGraphType<IdGraphType>>("eventId")
            .Description("The event that sells it.")
            .Resolve(c => c.Source.TicketType.EventId);
        Field<NonNullGraphType<StringGraphType>>("name")
            .Description("What buyers see, such as `General Admission`.")
            .Resolve(c => c.Source.TicketType.Name);
        Field<StringGraphType>("description")
            .Description("Free text for buyers.")
            .Resolve(c => c.Source.TicketType.Description)
            .FieldType.HasCost(5);
        Field<NonNullGraphType<IntGraphType>>("position")
            .Description("Where it stands among the event's ticket types, from 0.")
            .Resolve(c => c.Source.TicketType.Position);
        Field<NonNullGraphType<MetadataGraphType>>("metadata")
            .Description("Your own pairs, in the order of their keys.")
            .Resolve(c => c.Source.TicketType.Metadata)
            .FieldType.HasCost(20);
        Field<NonNullGraphType<IntGraphType>>("version")
            .Description("Counts edits, from 1. Sales do not move it.")
            .Resolve(c => c.Source.TicketType.Version);
    }

    private void AddPriceAndStock()
    {
        Field<NonNullGraphType<MoneyGraphType>>("price")
            .Description("The price of one ticket; 0 is free.")
            .Resolve(c => c.Source.TicketType.Price);
        Field<NonNullGraphType<StringGraphType>>("currency")
            .Description("ISO 4217 in lower case; always the event's.")
            .Resolve(c => c.Source.TicketType.Currency);
        Field<IntGraphType>("quantityTotal")
            .Description("How many may be sold; null when unlimited.")
            .Resolve(c => c.Source.TicketType.QuantityTotal);
        Field<NonNullGraphType<IntGraphType>>("quantitySold")
            .Description("Tickets of confirmed orders.")
            .Resolve(c => c.Source.TicketType.QuantitySold);
        Field<IntGraphType>("quantityAvailable")
            .Description("What is left: total less sold less held by checkouts in progress; null when "
                + "unlimited.")
            .Resolve(c => c.Source.TicketType.QuantityAvailable);
    }

    private void AddSales()
    {
        Field<NonNullGraphType<IntGraphType>>("minPerOrder")
            .Description("The fewest tickets of this type that one order may hold.")
            .Resolve(c => c.Source.TicketType.MinPerOrder);
        Field<NonNullGraphType<IntGraphType>>("maxPerOrder")
            .Description("The most tickets of this type that one order may hold.")
            .Resolve(c => c.Source.TicketType.MaxPerOrder);
        Field<DateTimeGraphType>("salesStartAt")
            .Description("From then on it is sold; null when it is sold at once.")
            .Resolve(c => c.Source.TicketType.SalesStartAt);
        Field<DateTimeGraphType>("salesEndAt")
            .Description("Until then it is sold; null when it is sold as long as the event is.")
            .Resolve(c => c.Source.TicketType.SalesEndAt);
        Field<NonNullGraphType<WireEnumGraphType<TicketTypeStatus>>>("status")
            .Description("Whether it can be bought now.")
            .Resolve(c => c.Source.Status);
    }

    private void AddTimes()
    {
        Field<NonNullGraphType<DateTimeGraphType>>("createdAt")
            .Description("When the ticket type was created.")
            .Resolve(c => c.Source.CreatedAt);
        Field<NonNullGraphType<DateTimeGraphType>>("updatedAt")
            .Description("When the ticket type last changed.")
            .Resolve(c => c.Source.TicketType.UpdatedAt);
    }
}
