using System.ComponentModel;
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
    [RequiresRole(Role.Admin), OutputType<NonNullGraphType<OrderType>>]
    [Description("Refunds tickets of an order, each whole and at what was paid for it; all that are "
        + "valid when none is named. Once the event has started it is `unprocessable`, unless the event "
        + "is cancelled; a ticket that is refunded already is a `conflict`. While Stripe cannot be had "
        + "the refund stays pending, and goes on in the background.")]
    public static Task<Order> RefundOrder(
        [Id, Description("The id of the order.")] string id,
        [InputType<ListGraphType<NonNullGraphType<IdGraphType>>>]
        [Description("The tickets to refund; all that are valid when left out.")]
        IReadOnlyList<string>? attendeeIds,
        [InputLength(0, 500, IsMultiline = true), Description("Why, for your own records.")]
        string? reason,
        [FromUserContext] OperationContext operation,
        [FromServices] RefundProcess process,
        CancellationToken cancellationToken) =>
        RefundAsync(
            operation, process,
            new RefundWish(id, attendeeIds, reason, RefundOrigin.Dashboard), cancellationToken);

    [RequiresScope(Scope.EventsWrite, TestKeysOnly = true)]
    [OutputType<NonNullGraphType<OrderType>>]
    [Description("Does in test mode what a refund by your team does, so that an integration can be "
        + "tried from end to end. The rules are those of `refundOrder`.")]
    public static Task<Order> SimulateRefund(
        [Id, Description("The id of the order.")] string id,
        [InputType<ListGraphType<NonNullGraphType<IdGraphType>>>]
        [Description("The tickets to refund; all that are valid when left out.")]
        IReadOnlyList<string>? attendeeIds,
        [FromUserContext] OperationContext operation,
        [FromServices] RefundProcess process,
        CancellationToken cancellationToken) =>
        RefundAsync(
            operation, process,
            new RefundWish(id, attendeeIds, Reason: null, RefundOrigin.Api), cancellationToken);

    private static async Task<Order> RefundAsync(
        OperationContext operation,
        RefundProcess process,
        RefundWish wish,
        CancellationToken cancellationToken)
    {
        var orderId = await process.RunAsync(operation, wish, cancellationToken);
        return await OrderReader.GetAsync(operation, orderId.ToString(), cancellationToken);
    }
}
