using Equaticket.Engine.Cost;
using Equaticket.Engine.Fields;
using Equaticket.Schema.Money;
using Equaticket.Schema.TicketTypes;
using GraphQL.Types;

namespace Equaticket.Schema.PublicListing;

public sealed class PublicTicketTypeGraphType : ObjectGraphType<TicketTypeRow>
{
    public PublicTicketTypeGraphType()
    {
        Name = "PublicTicketType";
        Description = "The public view of a ticket type. Its ID is that of the ticket type itself.";
        this.Leaf("id", "The ID used to buy tickets of this type.", row => row.Id);
        this.Leaf("name", "The name shown to buyers, such as `General Admission`.", row => row.TicketType.Name);
        this.OptionalLeaf("description", "The description shown to buyers.",
            row => row.TicketType.Description).HasCost(5);
        this.Leaf("price", "The price of one ticket, in the currency's smallest unit; 0 if free.",
            row => row.TicketType.Price, typeof(MoneyGraphType));
        this.Leaf("currency", "The lowercase ISO 4217 currency code.", row => row.TicketType.Currency);
        this.Leaf("status", "The ticket type's sales status.", row => row.Status);
        this.OptionalLeaf("salesStartAt", "When sales start; null for as soon as the event is published.",
            row => row.TicketType.SalesStartAt);
        this.Leaf("minPerOrder", "The smallest number of these tickets that one order can have.",
            row => row.TicketType.MinPerOrder);
        this.Leaf("availablePerOrder",
            "The largest number of these tickets that one order can have now: the limit per order, or what is left "
            + "if that is less. 0 if other checkouts hold the last tickets.",
            row => row.AvailablePerOrder);
        this.Leaf("position", "The position among the event's ticket types, from 0.", row => row.TicketType.Position);
    }
}
