using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Jobs;
using Equaticket.Schema.Refunds;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Stripe;

namespace Equaticket.Schema.Payments.Inbound;

/// <summary>
/// Applies each Stripe event once, in any order. An event that does not match its order in every respect changes
/// nothing.
/// </summary>
public sealed class StripeInbox(
    StripeSubjects subjects,
    StripeAccountSync accounts,
    StripeRefunds refunds,
    BackgroundWrites writes,
    RowStamps stamps,
    StripeMetrics metrics,
    ILogger<StripeInbox> log)
{
    /// <param name="stripeEvent">An event with a verified signature, or fetched from Stripe.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ApiError">Details must be fetched from Stripe, which is unavailable (503).</exception>
    public async Task<StripeEventOutcome> ReceiveAsync(
        Event stripeEvent, CancellationToken cancellationToken)
    {
        var outcome = stripeEvent.Data?.Object is Account account && stripeEvent.Type == EventTypes.AccountUpdated
            ? await accounts.ApplyAsync(stripeEvent, account, cancellationToken)
            : await ApplyAsync(stripeEvent, cancellationToken);
        if (outcome == StripeEventOutcome.Ignored)
            return Ignore(stripeEvent);
        metrics.Count(stripeEvent.Type, outcome);
        return outcome;
    }

    /// <summary>Counts and logs an irrelevant event.</summary>
    public StripeEventOutcome Ignore(Event stripeEvent)
    {
        metrics.Count(stripeEvent.Type, StripeEventOutcome.Ignored);
        log.LogInformation("Stripe event {EventId} ({Type}) was ignored.", stripeEvent.Id, stripeEvent.Type);
        return StripeEventOutcome.Ignored;
    }

    private async Task<StripeEventOutcome> ApplyAsync(
        Event stripeEvent, CancellationToken cancellationToken)
    {
        if (!OrderSync.Concerns(stripeEvent)
            || await subjects.FindAsync(stripeEvent, cancellationToken) is not { } order)
            return StripeEventOutcome.Ignored;
        var made = await RefundsOfAsync(stripeEvent, order, cancellationToken);
        var isRepeated = false;
        var isKept = await writes.RunAsync(
            new TenantScope(order.OrganizationId, order.Livemode),
            async (database, token) =>
            {
                isRepeated = !await StripeEventLog.RecordAsync(database, stamps, stripeEvent, token);
                if (!isRepeated)
                    return await ApplyAsync(database, order.Id, stripeEvent, made, token);
                // Stripe doesn't send it again, so what applied it must be on disk.
                await using var batch = new StatementBatch(database);
                batch.AddFlush();
                await batch.ExecuteAsync(token);
                return true;
            },
            cancellationToken);
        return isRepeated ? StripeEventOutcome.Repeated
            : isKept ? StripeEventOutcome.Applied
            : StripeEventOutcome.Ignored;
    }

    private async Task<bool> ApplyAsync(
        EquaticketDbContext database,
        Guid orderId,
        Event stripeEvent,
        IReadOnlyList<Refund> made,
        CancellationToken cancellationToken)
    {
        try
        {
            var order = await OrderLedger.LockAsync(database, orderId, cancellationToken);
            return await OrderSync.ApplyAsync(
                database, stamps, order, new(stripeEvent, made), cancellationToken);
        }
        catch (ApiError missing) when (missing.ErrorCode == ErrorCode.NotFound)
        {
            return false; // Deleted by a reset of test data.
        }
    }

    /// <summary>Charge events no longer contain refunds, so they are fetched.</summary>
    private async Task<IReadOnlyList<Refund>> RefundsOfAsync(
        Event stripeEvent, Persistence.Orders.Order order, CancellationToken cancellationToken)
    {
        if (stripeEvent.Data.Object is Refund refund)
            return [refund];
        if (stripeEvent.Data.Object is not Charge charge || stripeEvent.Type != EventTypes.ChargeRefunded)
            return [];
        return charge.Refunds?.Data is { Count: > 0 } held
            ? [.. held.OrderBy(made => made.Created)]
            : await refunds.ListAsync(order, cancellationToken);
    }
}

/// <summary>The outcome of a Stripe event.</summary>
public enum StripeEventOutcome
{
    Applied,

    /// <summary>The event was already applied.</summary>
    Repeated,

    /// <summary>The event is irrelevant or does not match the stored data.</summary>
    Ignored,
}

/// <summary>Records each event in the transaction that applies it, so that it takes effect only once.</summary>
internal static class StripeEventLog
{
    /// <returns>False if the event was already recorded.</returns>
    public static async Task<bool> RecordAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Event stripeEvent,
        CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        return await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO stripe_events (id, type, livemode, account, received_at)
            VALUES ({stripeEvent.Id}, {stripeEvent.Type}, {stripeEvent.Livemode}, {stripeEvent.Account}, {now})
            ON CONFLICT (id) DO NOTHING
            """,
            cancellationToken) == 1;
    }
}
