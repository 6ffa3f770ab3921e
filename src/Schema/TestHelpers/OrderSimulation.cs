using Equaticket.Engine.Errors;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Payments;
using Equaticket.Schema.Checkout;
using Equaticket.Schema.Execution;

namespace Equaticket.Schema.TestHelpers;

/// <summary>
/// Does in test mode what a buyer does, by the rules of checkout, so that an integration can be tried
/// without one.
/// </summary>
public sealed class OrderSimulation(OrderPlacing placing)
{
    /// <exception cref="ApiError">A rule of checkout refuses it.</exception>
    internal async Task<Order> RunAsync(
        OperationContext operation,
        WriteTransaction write,
        CartRequest request,
        SimulatedPayment payment,
        CancellationToken cancellationToken)
    {
        var cart = await CartReader.ReadAsync(operation.Database, request, cancellationToken);
        CartRules.Require(cart, operation.Stamps.Now());
        var purchase = new Purchase(
            cart, request.BuyerName, request.BuyerEmail, PaymentProvider.Test, Account: null,
            TokenHash: null);
        return payment == SimulatedPayment.Succeeds
            ? await placing.SellAsync(operation, write, purchase, cancellationToken)
            : await placing.DeclineAsync(operation, write, purchase, cancellationToken);
    }
}
