using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Refunds;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Jobs;
using Equaticket.Schema.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using StripeRefund = Stripe.Refund;

namespace Equaticket.Schema.Refunds;

/// <summary>
/// Requests due refunds from Stripe: those of cancelled events and late payments,
/// and those whose outcome is unknown after a crash or an outage of Stripe.
/// </summary>
public sealed class RefundWork(
    Claims claims,
    TenantContexts contexts,
    BackgroundWrites writes,
    StripeRefunds stripe,
    RowStamps stamps,
    ILogger<RefundWork> log) : IJob
{
    /// <summary>The lease is longer than the timeout of a Stripe call.</summary>
    private static readonly Claim Due = new("refunds", "next_attempt_at", TimeSpan.FromMinutes(1))
    {
        Counter = "attempts",
        TakesTurns = true,
    };

    public Task RunAsync(CancellationToken cancellationToken) =>
        claims.DrainAsync<DueRow>(Due, TryAsync, cancellationToken);

    /// <summary>Records the response to a refund request.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="refund">The refund.</param>
    /// <param name="stripeRefund">The refund at Stripe; null if Stripe rejected the request.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>False if Stripe's refund does not match the request.</returns>
    private Task<bool> RecordAsync(
        TenantScope tenant, Refund refund, StripeRefund? stripeRefund, CancellationToken cancellationToken) =>
        writes.RunAsync(
            tenant,
            async (database, token) =>
            {
                var order = await OrderLedger.LockAsync(database, refund.OrderId, token);
                return await RefundAnswer.ApplyAsync(database, stamps, order, refund.Id, stripeRefund, token);
            },
            cancellationToken);

    private async Task TryAsync(DueRow row, CancellationToken cancellationToken)
    {
        (Order Order, Refund Refund)? found = null;
        try
        {
            found = await ReadAsync(row, cancellationToken);
            if (found is var (order, refund))
                await FinishAsync(row.Tenant, order, refund, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogFault(LogLevel.Warning, fault, "Refund {RefundId} could not be finished; will be retried.", row.Id);
            if (found is var (_, failed))
                await PostponeAsync(row.Tenant, failed, cancellationToken);
        }
    }

    private async Task FinishAsync(
        TenantScope tenant, Order order, Refund refund, CancellationToken cancellationToken)
    {
        try
        {
            var stripeRefund = await stripe.AskAsync(order, refund, cancellationToken);
            if (await RecordAsync(tenant, refund, stripeRefund, cancellationToken))
                return;
            log.LogError("Refund {RefundId}: Stripe's refund does not match the request.", refund.Id);
            await PostponeAsync(tenant, refund, cancellationToken);
        }
        catch (ApiError refusal) when (refusal.ErrorCode == ErrorCode.Unprocessable)
        {
            log.LogWarning("Refund {RefundId}: {Message}", refund.Id, refusal.Message);
            if (refund.ProviderReference is null)
                await RecordAsync(tenant, refund, stripeRefund: null, cancellationToken);
            else
                await PostponeAsync(tenant, refund, cancellationToken);
        }
        catch (ApiError refusal) when (refusal.ErrorCode == ErrorCode.Unavailable)
        {
            await PostponeAsync(tenant, refund, cancellationToken);
        }
    }

    /// <remarks>Does not change a refund that was claimed or that ended after it was read.</remarks>
    private async Task PostponeAsync(
        TenantScope tenant, Refund refund, CancellationToken cancellationToken)
    {
        var next = stamps.Now() + Backoff.After(refund.Attempts);
        await using var database = contexts.Lease(tenant);
        await database.Refunds
            .Where(r => r.Id == refund.Id && r.NextAttemptAt != null && r.Attempts == refund.Attempts)
            .ExecuteUpdateAsync(
                r => r.SetProperty(row => row.NextAttemptAt, next), cancellationToken);
    }

    private async Task<(Order Order, Refund Refund)?> ReadAsync(
        DueRow row, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(row.Tenant);
        var refund = await database.Refunds.SingleOrDefaultAsync(
            r => r.Id == row.Id && r.Status == RefundStatus.Pending, cancellationToken);
        return refund is null
            ? null
            : (await database.Orders.SingleAsync(o => o.Id == refund.OrderId, cancellationToken),
                refund);
    }
}
