using System.ComponentModel;
using Equaticket.Engine.Access;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Checkout;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Orders;
using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema;

public partial class Mutation
{
    [Public, AtEvent, ReadsCart, OutputType<NonNullGraphType<PublicCheckoutGraphType>>]
    [Description("Check out. Buys tickets of an event that is on sale. A free order is confirmed "
        + "immediately, as is a test event without Stripe test keys; otherwise pay with the client "
        + "secret in the response. Tickets are held for 15 minutes. If too few are left, the error "
        + "is `unprocessable` and its message says how many there are. Send an `Idempotency-Key` (a "
        + "UUID) so that a retry does not buy twice.")]
    public static Task<CheckoutRow> Checkout(
        [InputType<NonNullGraphType<CheckoutInputGraphType>>, Description("The tickets to buy, and their buyer.")]
        CheckoutInput input,
        [FromOperation] OperationContext operation,
        [FromOperation] WriteTransaction write,
        [FromServices] CheckoutProcess process,
        CancellationToken cancellationToken) =>
        process.RunAsync(operation, write, input.PaymentMethod, cancellationToken);

    [Public, AtCheckout, OutputType<NonNullGraphType<PublicCheckoutGraphType>>]
    [Description("Cancel a checkout. Releases its tickets to other buyers. A confirmed checkout is a "
        + "`conflict`.")]
    public static async Task<CheckoutRow> CancelCheckout(
        [Description("The checkout's `checkoutToken`.")] string token,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken)
    {
        var hash = CheckoutToken.Hash(token);
        var id = await operation.Database.Orders.Where(o => o.CheckoutTokenHash == hash)
            .Select(o => (Guid?)o.Id).SingleOrDefaultAsync(cancellationToken)
            ?? throw ApiError.NotFound("checkout");
        var order = await OrderLock.GetAsync(operation.Database, id, cancellationToken);
        if (order.ConfirmedAt is not null)
            throw ApiError.Conflict("This checkout has been paid. Ask the organizer for a refund.");
        if (order.Status == OrderStatus.Pending)
            await OrderLifecycle.EndAsync(
                operation.Database, operation.Stamps, order, OrderStatus.Failed, cancellationToken);
        return new CheckoutRow(order);
    }
}
