using Equaticket.Engine.Errors;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Refunds;
using Equaticket.Schema.Audit;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Payments;
using Microsoft.EntityFrameworkCore;
using StripeRefund = Stripe.Refund;

namespace Equaticket.Schema.Refunds;

/// <summary>
/// Runs a requested refund. A Stripe refund takes several steps: the refund commits as pending, Stripe is called with
/// no transaction open, and the outcome is recorded. A retry continues from there; without one,
/// <see cref="RefundWork"/> does.
/// </summary>
public sealed class RefundProcess(StripeRefunds stripe)
{
    /// <summary>How long the background job waits before it takes over a refund from its request.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <returns>The id of the order.</returns>
    /// <exception cref="ApiError">A rule or Stripe rejects the refund.</exception>
    internal async Task<Guid> RunAsync(
        OperationContext operation,
        WriteTransaction write,
        RefundWish wish,
        CancellationToken cancellationToken)
    {
        if (write.Resumed is { } begun)
            return await ResumeAsync(operation, write, begun, cancellationToken);
        var (database, stamps) = (operation.Database, operation.Stamps);
        var order = await OrderLedger.LockAsync(database, wish.OrderId, cancellationToken);
        write.Subject = order.Id;
        var tickets = RefundRules.Choose(order, wish.AttendeeIds);
        var row = await database.Events.SingleAsync(e => e.Id == order.EventId, cancellationToken);
        RefundRules.RequireInTime(row, stamps.Now());
        var refund = RefundOpening.OfTickets(
            database, stamps, order, tickets, new RefundDraft(wish.Origin, wish.Reason));
        AuditLog.Record(operation, AuditAction.OrderRefunded, order.Id);
        if (!RefundOpening.NeedsStripe(order, refund))
        {
            await RefundOutcome.SucceedAsync(database, stamps, order, refund, cancellationToken);
            return order.Id;
        }

        (refund.NextAttemptAt, refund.Attempts) = (stamps.Now() + Lease, 1);
        await database.SaveChangesAsync(cancellationToken);
        await write.CommitStepAsync(refund.Id);
        return await AskAsync(operation, write, order, refund);
    }

    private async Task<Guid> ResumeAsync(
        OperationContext operation,
        WriteTransaction write,
        Guid refundId,
        CancellationToken cancellationToken)
    {
        var database = operation.Database;
        var refund = await database.Refunds.SingleOrDefaultAsync(
            r => r.Id == refundId, cancellationToken) ?? throw ApiError.NotFound("refund");
        write.Subject = refund.OrderId;
        if (refund.Status == RefundStatus.Failed)
            throw ApiError.Unprocessable("Stripe refused this refund.");
        if (refund.Status == RefundStatus.Succeeded)
            return refund.OrderId;
        var order = await database.Orders.SingleAsync(
            o => o.Id == refund.OrderId, cancellationToken);
        await write.CommitStepAsync(refund.Id);
        refund.Attempts++;
        return await AskAsync(operation, write, order, refund);
    }

    /// <remarks>
    /// Started work is recorded even if the caller disconnects. While Stripe is unavailable, the refund stays pending
    /// and the background job continues it.
    /// </remarks>
    private async Task<Guid> AskAsync(
        OperationContext operation, WriteTransaction write, Order order, Refund refund)
    {
        StripeRefund? stripeRefund = null;
        ApiError? refusal = null;
        try
        {
            stripeRefund = await stripe.AskAsync(order, refund, CancellationToken.None);
        }
        catch (ApiError fault)
        {
            refusal = fault;
        }

        await write.ContinueAsync(CancellationToken.None);
        if (refusal is { ErrorCode: ErrorCode.Unavailable })
            return order.Id;
        operation.Database.ChangeTracker.Clear();
        var locked = await OrderLedger.LockAsync(
            operation.Database, order.Id, CancellationToken.None);
        await RefundAnswer.ApplyAsync(
            operation.Database, operation.Stamps, locked, refund.Id, stripeRefund, CancellationToken.None);
        if (refusal is null)
            return order.Id;
        await write.CommitStepAsync(refund.Id);
        throw refusal;
    }
}

/// <summary>A request for a refund.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="AttendeeIds">The tickets; null for all valid tickets.</param>
/// <param name="Reason">The reason as free text; null for none.</param>
/// <param name="Origin">The refund's origin.</param>
internal sealed record RefundWish(
    Guid OrderId, IReadOnlyList<Guid>? AttendeeIds, string? Reason, RefundOrigin Origin);
