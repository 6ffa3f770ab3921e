using Equaticket.Persistence.Orders;
using Equaticket.Schema.Money;
using GraphQL.Types;

namespace Equaticket.Schema.Orders;

public sealed class OrderLineItemGraphType : ObjectGraphType<OrderItem>
{
    public OrderLineItemGraphType()
    {
        Name = "OrderLineItem";
        Description = "What an order holds of one ticket type, as it was when it was bought.";
        Field<NonNullGraphType<IdGraphType>>("ticketTypeId")
            .Description("The ticket type. It may have been deleted if the order was never paid.")
            .Resolve(c => c.Source.TicketTypeId);
        Field<NonNullGraphType<StringGraphType>>("name")
            .Description("The ticket type's name at that time.")
            .Resolve(c => c.Source.Name);
        Field<NonNullGraphType<IntGraphType>>("quantity")
            .Description("How many tickets.")
            .Resolve(c => c.Source.Quantity);
        Field<NonNullGraphType<MoneyGraphType>>("unitPrice")
            .Description("The price of one ticket at that time.")
            .Resolve(c => c.Source.UnitPrice);
        Field<NonNullGraphType<MoneyGraphType>>("amount")
            .Description("Quantity times unit price.")
            .Resolve(c => c.Source.Quantity * c.Source.UnitPrice);
    }
}
