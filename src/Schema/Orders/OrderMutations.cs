using System.ComponentModel;
using Equaticket.Engine.Execution;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Orders;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Mutation
{
    [RequiresRole(Role.EventManager), OutputType<NonNullGraphType<OrderGraphType>>]
    [Description("Resend the confirmation of an order: the email with its valid tickets, to the buyer's address. "
        + "Returns `conflict` if the order has no valid tickets, the event is cancelled, or the email was sent less "
        + "than a minute ago, and `unprocessable` for a test order, which sends no email.")]
    public static async Task<Order> ResendOrderConfirmation(
        [Id, Description("The ID of the order.")] Guid id,
        [FromOperation] OperationContext operation,
        [FromOperation] WriteTransaction write,
        CancellationToken cancellationToken)
    {
        write.Subject = id;
        var order = await OrderLock.GetAsync(operation.Database, id, cancellationToken);
        await ConfirmationResend.QueueAsync(operation, order, cancellationToken);
        return order;
    }
}
