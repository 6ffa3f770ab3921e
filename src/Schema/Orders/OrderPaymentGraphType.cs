using Equaticket.Engine.Fields;
using Equaticket.Persistence.Orders;
using GraphQL.Types;

namespace Equaticket.Schema.Orders;

public sealed class OrderPaymentGraphType : ObjectGraphType<Order>
{
    public OrderPaymentGraphType()
    {
        Name = "OrderPayment";
        Description = "The payment of an order.";
        this.Leaf("provider", "The payment provider.", order => order.PaymentProvider!.Value);
        this.OptionalLeaf("reference",
            "The provider's id for the payment, such as Stripe's `pi_…`; null until one is assigned.",
            order => order.PaymentReference);
        this.Leaf("status", "The payment's status.", order => order.PaymentStatus!.Value);
    }
}
