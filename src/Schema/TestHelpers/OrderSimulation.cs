using Equaticket.Engine.Errors;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Payments;
using Equaticket.Schema.Checkout;
using Equaticket.Schema.Execution;

namespace Equaticket.Schema.TestHelpers;

/// <summary>
/// Simulates a buyer in test mode, with the same rules as a checkout, so that integrations can be tested without a real
/// buyer.
/// </summary>
public sealed class OrderSimulation(OrderPlacing placing)
{
    /// <exception cref="ApiError">A checkout rule rejects the order.</exception>
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
