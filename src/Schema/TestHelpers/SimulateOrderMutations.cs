using System.ComponentModel;
using Equaticket.Engine.Execution;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Payments;
using Equaticket.Schema.Checkout;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Orders;
using Equaticket.Schema.TestHelpers;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Mutation
{
    [RequiresScope(Scope.EventsWrite, TestKeysOnly = true)]
    [ReadsCart, OutputType<NonNullGraphType<OrderGraphType>>]
    [Description("Simulate an order. Buys tickets of a test event under the same rules as a checkout and pays "
        + "with the built-in test payment, so that you can test an integration end to end. If too "
        + "few tickets are left, the error is `unprocessable` and its message says how many there "
        + "are. An unknown event or ticket type is `not_found`.")]
    public static async Task<Order> SimulateOrder(
        [InputType<NonNullGraphType<SimulateOrderInputGraphType>>, Description("The order to simulate.")]
        SimulateOrderInput input,
        [FromOperation] OperationContext operation,
        [FromOperation] WriteTransaction write,
        [FromServices] OrderPlacing placing,
        CancellationToken cancellationToken)
    {
        var cart = CartReader.Assemble(write.Rows<CartRows>());
        CartRules.Require(cart, operation.Stamps.Now());
        var purchase = new Purchase(
            cart, input.BuyerName, input.BuyerEmail, PaymentProvider.Test, Account: null, TokenHash: null);
        return await (input.Payment == SimulatedPayment.Fails
            ? placing.DeclineAsync(operation, write, purchase, cancellationToken)
            : placing.SellAsync(operation, write, purchase, cancellationToken));
    }
}
