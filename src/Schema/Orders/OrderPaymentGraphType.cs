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
            .Description("Who takes the payment.")
            .Resolve(c => c.Source.PaymentProvider);
        Field<StringGraphType>("reference")
            .Description("The provider's id of the payment, such as Stripe's `pi_…`; null until it has "
                + "one.")
            .Resolve(c => c.Source.PaymentReference);
        Field<NonNullGraphType<WireEnumGraphType<PaymentStatus>>>("status")
            .Description("What is known of the payment.")
            .Resolve(c => c.Source.PaymentStatus);
    }
}
