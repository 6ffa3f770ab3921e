using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Payments;
using GraphQL.Types;

namespace Equaticket.Schema.Orders;

public sealed class OrderPaymentGraphType : ObjectGraphType<Order>
{
    public OrderPaymentGraphType()
    {
        Name = "OrderPayment";
        Description = "The payment of an order.";
        Field<NonNullGraphType<WireEnumGraphType<PaymentProvider>>>("provider")
            .Description("The payment provider.")
            .Resolve(c => c.Source.PaymentProvider);
        Field<StringGraphType>("reference")
            .Description("The provider's id for the payment, such as Stripe's `pi_…`; null until one is "
                + "assigned.")
            .Resolve(c => c.Source.PaymentReference);
        Field<NonNullGraphType<WireEnumGraphType<PaymentStatus>>>("status")
            .Description("The payment's status.")
            .Resolve(c => c.Source.PaymentStatus);
    }
}
