using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Jobs;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Refunds;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Stripe;

namespace Equaticket.Schema.Payments;

/// <summary>
/// Polls Stripe for payments without a known outcome: while the buyer pays, once more just before the hold expires, and
/// afterwards to cancel the payment, until Stripe reports the outcome.
/// </summary>
public sealed class PaymentReconciliation(
    Claims claims,
    TenantContexts contexts,
    BackgroundWrites writes,
    StripeGateway stripe,
    StripeRefunds refunds,
    RowStamps stamps,
    ILogger<PaymentReconciliation> log) : IJob
{
    /// <summary>The time from a checkout to the first poll.</summary>
    public static readonly TimeSpan FirstCheck = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan WhileHeld = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan BeforeTheEnd = TimeSpan.FromSeconds(45);

    /// <summary>The lease is longer than the timeout of a Stripe call.</summary>
    private static readonly Claim Due = new("orders", "payment_check_at", TimeSpan.FromMinutes(2))
    {
        Key = "organization_id, livemode, id",
        Counter = "payment_checks",
        TakesTurns = true,
    };

    public Task RunAsync(CancellationToken cancellationToken) =>
        claims.DrainAsync<DueRow>(Due, CheckAsync, cancellationToken);

    private async Task CheckAsync(DueRow row, CancellationToken cancellationToken)
    {
        try
        {
            var order = await ReadAsync(row, cancellationToken);
            if (order is null || !OrderLifecycle.IsAwaitingStripe(order))
                await ForgetAsync(row, cancellationToken);
            else
                await SettleAsync(row, order, cancellationToken);
        }
        catch (ApiError refusal) when (refusal.ErrorCode == ErrorCode.Unavailable)
        {
            await PostponeAsync(row, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogFault(LogLevel.Warning, fault, "Order {OrderId} could not be reconciled; will be retried.", row.Id);
            await PostponeAsync(row, cancellationToken);
        }
    }

    private async Task SettleAsync(
        DueRow row, Persistence.Orders.Order order, CancellationToken cancellationToken)
    {
        PaymentIntent intent;
        try
        {
            intent = await AskAsync(order, cancellationToken);
        }
        catch (ApiError refusal) when (refusal.ErrorCode == ErrorCode.Unprocessable)
        {
            log.LogWarning("Order {OrderId}: {Message}", order.Id, refusal.Message);
            if (order.PaymentReference is null)
                await DeclineAsync(row, cancellationToken);
            else
                await PostponeAsync(row, cancellationToken);
            return;
        }

        order.PaymentReference ??= intent.Id;
        var made = intent.Status == "succeeded"
            ? await refunds.ListAsync(order, cancellationToken)
            : [];
        await writes.RunAsync(
            row.Tenant,
            async (database, token) =>
            {
                var locked = await OrderLedger.LockAsync(database, row.Id, token);
                if (!await PaymentSync.ApplyAsync(database, stamps, locked, intent, token))
                    log.LogError("Order {OrderId}: its payment does not match the request.", row.Id);
                foreach (var refund in made)
                    await RefundSync.ApplyAsync(database, stamps, locked, refund, token);
                if (OrderLifecycle.IsAwaitingStripe(locked))
                    locked.PaymentCheckAt = NextCheck(locked);
                await database.SaveChangesAsync(token);
                return true;
            },
            cancellationToken);
    }

    /// <summary>
    /// If the response to creating a payment was lost, creates it again: Stripe returns the same payment. Cancels a
    /// payment that is no longer needed.
    /// </summary>
    private async Task<PaymentIntent> AskAsync(
        Persistence.Orders.Order order, CancellationToken cancellationToken)
    {
        var intent = order.PaymentReference is null
            ? await stripe.CreateIntentAsync(order, cancellationToken)
            : await stripe.GetIntentAsync(order, cancellationToken);
        if (order.Status == OrderStatus.Pending || intent.Status is "succeeded" or "canceled")
            return intent;
        order.PaymentReference = intent.Id;
        try
        {
            return await stripe.CancelIntentAsync(order, cancellationToken);
        }
        catch (ApiError refusal) when (refusal.ErrorCode == ErrorCode.Unprocessable)
        {
            return await stripe.GetIntentAsync(order, cancellationToken);
        }
    }

    private DateTimeOffset NextCheck(Persistence.Orders.Order order)
    {
        var now = stamps.Now();
        if (order.HoldExpiresAt is not { } end)
            return now + Backoff.After(order.PaymentChecks);
        var (usual, last) = (now + WhileHeld, end - BeforeTheEnd);
        return last > now && last < usual ? last : usual;
    }

    private async Task<Persistence.Orders.Order?> ReadAsync(
        DueRow row, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(row.Tenant);
        return await database.Orders.SingleOrDefaultAsync(o => o.Id == row.Id, cancellationToken);
    }

    private Task DeclineAsync(DueRow row, CancellationToken cancellationToken) => writes.RunAsync(
        row.Tenant,
        async (database, token) =>
        {
            var order = await OrderLedger.LockAsync(database, row.Id, token);
            await PaymentSettlement.DeclineAsync(database, stamps, order, token);
            return true;
        },
        cancellationToken);

    /// <remarks>Does not change an order that was claimed or that ended after it was read.</remarks>
    private async Task PostponeAsync(DueRow row, CancellationToken cancellationToken)
    {
        if (await ReadAsync(row, cancellationToken) is not { } order)
            return;
        var next = NextCheck(order);
        await using var database = contexts.Lease(row.Tenant);
        await database.Orders
            .Where(o => o.Id == row.Id && o.PaymentCheckAt != null
                && o.PaymentChecks == order.PaymentChecks)
            .ExecuteUpdateAsync(
                o => o.SetProperty(r => r.PaymentCheckAt, next), cancellationToken);
    }

    private async Task ForgetAsync(DueRow row, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(row.Tenant);
        await database.Orders.Where(o => o.Id == row.Id).ExecuteUpdateAsync(
            o => o.SetProperty(r => r.PaymentCheckAt, (DateTimeOffset?)null), cancellationToken);
    }
}
