using System.ComponentModel;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Orders;
using Equaticket.Schema.TestHelpers;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Mutation
{
    [RequiresScope(Scope.EventsWrite, TestKeysOnly = true)]
    [OutputType<NonNullGraphType<OrderType>>]
    [Description("Buys tickets of a test event as a buyer would, by the same rules, and pays them by the "
        + "built-in test payment, so that an integration can be tried from end to end. Too few tickets "
        + "are `unprocessable`, and the message tells how many are left. An event or a ticket type that "
        + "you do not have is `not_found`.")]
    public static Task<Order> SimulateOrder(
        [InputType<NonNullGraphType<SimulateOrderInputType>>, Description("What to buy.")]
        SimulateOrderInput input,
        [FromUserContext] OperationContext operation,
        [FromServices] OrderSimulation simulation,
        CancellationToken cancellationToken) =>
        simulation.RunAsync(
            operation, input.ToRequest(), input.Payment ?? SimulatedPayment.Succeeds,
            cancellationToken);
}
