using Equaticket.Engine.Cost;
using Equaticket.Engine.Fields;
using Equaticket.Engine.Paging;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Attendees;
using Equaticket.Schema.Events;
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
        this.IsNode(Scope.EventsRead, Role.CheckInOnly);
        AddIdentity();
        AddPriceAndStock();
        AddSales();
        AddTimes();
        Field<NonNullGraphType<EventGraphType>>("event")
            .Description("The event that sells the ticket type.")
            .ResolveBatch(row => row.TicketType.EventId, EventReader.Rows.ById)
            .ForReaders(Scope.EventsRead, Role.CheckInOnly);
        Field<NonNullGraphType<ConnectionGraphType<AttendeeGraphType, Attendee>>>("attendees")
            .Description("The attendees with tickets of this type, newest first.")
            .ResolveChildren(AttendeeReader.OfTicketTypes)
            .ForReaders(Scope.AttendeesRead, Role.EventManager);
    }

    private void AddIdentity()
    {
        this.Leaf("id", "The unique identifier (UUID), the same in every API.", row => row.Id);
        this.Leaf("livemode", "False for test data.", row => row.TicketType.Livemode);
        this.Leaf("eventId", "The ID of the event that sells the ticket type.", row => row.TicketType.EventId);
        this.Leaf("name", "The name shown to buyers, such as `General Admission`.", row => row.TicketType.Name);
        this.OptionalLeaf("description", "The description shown to buyers.",
            row => row.TicketType.Description).HasCost(5);
        this.Leaf("position", "The position among the event's ticket types, from 0.", row => row.TicketType.Position);
        this.Leaf("metadata", "Custom key-value pairs, ordered by key.",
            row => row.TicketType.Metadata, typeof(MetadataGraphType)).HasCost(20);
        this.Leaf("version", "The version number, from 1. Edits increment it; sales do not.",
            row => row.TicketType.Version);
    }

    private void AddPriceAndStock()
    {
        this.Leaf("price", "The price of one ticket, in the currency's smallest unit; 0 if free.",
            row => row.TicketType.Price, typeof(MoneyGraphType));
        this.Leaf("currency", "The event's currency, as a lowercase ISO 4217 code.", row => row.TicketType.Currency);
        this.OptionalLeaf("quantityTotal", "The number of tickets that can be sold; null if unlimited.",
            row => row.TicketType.QuantityTotal);
        this.Leaf("quantitySold", "The number of tickets in confirmed orders.", row => row.TicketType.QuantitySold);
        this.OptionalLeaf("quantityAvailable",
            "The number of tickets left: total minus sold and minus those held by checkouts in progress; null if "
                + "unlimited.",
            row => row.TicketType.QuantityAvailable);
    }

    private void AddSales()
    {
        this.Leaf("minPerOrder", "The minimum number of tickets of this type per order.",
            row => row.TicketType.MinPerOrder);
        this.Leaf("maxPerOrder", "The maximum number of tickets of this type per order.",
            row => row.TicketType.MaxPerOrder);
        this.OptionalLeaf("salesStartAt", "When sales start; null if they start immediately.",
            row => row.TicketType.SalesStartAt);
        this.OptionalLeaf("salesEndAt", "When sales end; null if they last as long as the event's sales.",
            row => row.TicketType.SalesEndAt);
        this.Leaf("status", "The ticket type's sales status.", row => row.Status);
    }

    private void AddTimes()
    {
        this.Leaf("createdAt", "When the ticket type was created.", row => row.CreatedAt);
        this.Leaf("updatedAt", "When the ticket type was last updated.", row => row.TicketType.UpdatedAt);
    }
}

/// <summary>A deleted ticket type.</summary>
public sealed record DeletedTicketType(Guid Id);

public sealed class DeletedTicketTypeGraphType : ObjectGraphType<DeletedTicketType>
{
    public DeletedTicketTypeGraphType()
    {
        Name = "DeletedTicketType";
        Description = "A deleted ticket type. Its ID is that of the ticket type.";
        this.Leaf("id", "The ID of the deleted ticket type.", deleted => deleted.Id);
    }
}
