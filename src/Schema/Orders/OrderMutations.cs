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
    [Description("Resend the confirmation of an order: the email with its valid tickets, to the buyer's address. An "
        + "order without valid tickets, a cancelled event, and an email sent less than a minute ago are a `conflict`; "
        + "a test order, which sends no email, is `unprocessable`.")]
    public static async Task<Order> ResendOrderConfirmation(
        [Id, Description("The id of the order.")] Guid id,
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
