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
        Field<NonNullGraphType<IdGraphType>>("ticketTypeId")
            .Description("The ticket type's id. The ticket type may have been deleted if the order was never paid.")
            .Resolve(c => c.Source.TicketTypeId);
        Field<NonNullGraphType<StringGraphType>>("name")
            .Description("The ticket type's name at the time of purchase.")
            .Resolve(c => c.Source.Name);
        Field<NonNullGraphType<IntGraphType>>("quantity")
            .Description("The number of tickets.")
            .Resolve(c => c.Source.Quantity);
        Field<NonNullGraphType<MoneyGraphType>>("unitPrice")
            .Description("The price of one ticket at the time of purchase.")
            .Resolve(c => c.Source.UnitPrice);
        Field<NonNullGraphType<MoneyGraphType>>("amount")
            .Description("The quantity multiplied by the unit price.")
            .Resolve(c => c.Source.Quantity * c.Source.UnitPrice);
    }
}
