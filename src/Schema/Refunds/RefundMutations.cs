using System.ComponentModel;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Input;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Refunds;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Refunds;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Mutation
{
    [RequiresRole(Role.Admin), OutputType<NonNullGraphType<OrderGraphType>>]
    [Description("Refund tickets of an order. Each is refunded in full, at the amount paid for it; without "
        + "`attendeeIds`, all valid tickets are. Once the event has started, the request fails with "
        + "`unprocessable`, unless the event is cancelled; a ticket that is already refunded is a "
        + "`conflict`. While Stripe is unavailable the refund stays pending and continues in the "
        + "background.")]
    public static Task<Order> RefundOrder(
        [Id, Description("The ID of the order.")] Guid id,
        [InputType<ListGraphType<NonNullGraphType<IdGraphType>>>]
        [InputSet(1), Description("The IDs of the tickets to refund. Defaults to all valid tickets.")]
        IReadOnlyList<Guid>? attendeeIds,
        [InputLength(0, 500, IsMultiline = true), Description("The reason for the refund, for your records.")]
        string? reason,
        [FromOperation] OperationContext operation,
        [FromOperation] WriteTransaction write,
        [FromServices] RefundProcess process,
        CancellationToken cancellationToken) =>
        RefundAsync(
            operation, write, process,
            new RefundWish(id, attendeeIds, reason, RefundOrigin.Dashboard), cancellationToken);

    [RequiresScope(Scope.EventsWrite, TestKeysOnly = true)]
    [OutputType<NonNullGraphType<OrderGraphType>>]
    [Description("Simulate a refund. Refunds tickets of a test order under the same rules as a refund from "
        + "the dashboard, so that you can test an integration end to end.")]
    public static Task<Order> SimulateRefund(
        [Id, Description("The ID of the order.")] Guid id,
        [InputType<ListGraphType<NonNullGraphType<IdGraphType>>>]
        [InputSet(1), Description("The IDs of the tickets to refund. Defaults to all valid tickets.")]
        IReadOnlyList<Guid>? attendeeIds,
        [FromOperation] OperationContext operation,
        [FromOperation] WriteTransaction write,
        [FromServices] RefundProcess process,
        CancellationToken cancellationToken) =>
        RefundAsync(
            operation, write, process,
            new RefundWish(id, attendeeIds, Reason: null, RefundOrigin.Api), cancellationToken);

    private static async Task<Order> RefundAsync(
        OperationContext operation,
        WriteTransaction write,
        RefundProcess process,
        RefundWish wish,
        CancellationToken cancellationToken)
    {
        var orderId = await process.RunAsync(operation, write, wish, cancellationToken);
        return await OrderReader.GetAsync(operation, orderId, cancellationToken);
    }
}
