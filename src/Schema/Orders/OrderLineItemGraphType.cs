using Equaticket.Engine.Fields;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Money;
using GraphQL.Types;

namespace Equaticket.Schema.Orders;

public sealed class OrderLineItemGraphType : ObjectGraphType<OrderItem>
{
    public OrderLineItemGraphType()
    {
        Name = "OrderLineItem";
        Description = "The tickets of one type in an order, as they were at the time of purchase.";
        this.Leaf("ticketTypeId",
            "The ticket type's id. The ticket type may have been deleted if the order was never paid.",
            item => item.TicketTypeId);
        this.Leaf("name", "The ticket type's name at the time of purchase.", item => item.Name);
        this.Leaf("quantity", "The number of tickets.", item => item.Quantity);
        this.Leaf("unitPrice", "The price of one ticket at the time of purchase.",
            item => item.UnitPrice, typeof(MoneyGraphType));
        this.Leaf("amount", "The quantity multiplied by the unit price.",
            item => item.Quantity * item.UnitPrice, typeof(MoneyGraphType));
    }
}
