using Equaticket.Persistence;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Audit;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Equaticket.Schema.Refunds;

/// <summary>
/// Refunds every valid paid ticket of events that were cancelled with refunds: one refund per order, opened here and
/// requested by <see cref="RefundWork"/>. Events take turns, one page of orders at a time, so that none waits for
/// another to finish. An event that fails backs off.
/// </summary>
public sealed class EventRefunds(
    Claims claims,
    TenantContexts contexts,
    EventRefundOrders orders,
    RowStamps stamps,
    ILogger<EventRefunds> log) : IJob
{
    private static readonly Claim Due = new(
        "events", "coalesce(refunds_check_at, refunds_requested_at)", TimeSpan.FromMinutes(2))
    {
        LeasedUntil = "refunds_check_at",
        Condition = "refunds_requested_at IS NOT NULL AND refunds_opened_at IS NULL",
    };

    /// <summary>
    /// By then, any sale that was in progress when the event was cancelled has committed: no write takes longer than a
    /// minute.
    /// </summary>
    private static readonly TimeSpan LastSales = TimeSpan.FromMinutes(2);

    public Task RunAsync(CancellationToken cancellationToken) =>
        claims.DrainAsync<RefundTurn>(Due, TryAsync, cancellationToken);

    /// <summary>Marks an event for refunds.</summary>
    internal static void Request(OperationContext operation, Event row)
    {
        row.RefundsRequestedAt = row.CancelledAt;
        AuditLog.Record(operation, AuditAction.EventRefundsRequested, row.Id);
    }

    private async Task TryAsync(RefundTurn turn, CancellationToken cancellationToken)
    {
        try
        {
            await TakeAsync(turn, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogFault(
                LogLevel.Warning,
                fault,
                "Refunds of event {EventId} stopped; they continue after {Lease}.",
                turn.Id,
                Due.Lease);
        }
    }

    private async Task TakeAsync(RefundTurn turn, CancellationToken cancellationToken)
    {
        var (last, now) = (await orders.OpenPageAsync(turn, cancellationToken), stamps.Now());
        if (last is not null)
            await GoOnAsync(turn, now, last, turn.RefundsFailures);
        else if (await orders.IsAnyLeftAsync(turn, cancellationToken))
            await RetryAsync(turn, now);
        else if (turn.RefundsRequestedAt > now - LastSales)
            await GoOnAsync(turn, turn.RefundsRequestedAt + LastSales, openedTo: null, failures: 0);
        else
            await EndAsync(turn, now);
    }

    private Task RetryAsync(RefundTurn turn, DateTimeOffset now)
    {
        var failures = turn.RefundsFailures + 1;
        return GoOnAsync(turn, now + Backoff.After(failures), openedTo: null, failures);
    }

    private async Task GoOnAsync(
        RefundTurn turn, DateTimeOffset checkAt, Guid? openedTo, int failures)
    {
        await using var database = contexts.Lease(turn.Tenant);
        await Claimed(database, turn).ExecuteUpdateAsync(
            row => row.SetProperty(e => e.RefundsCheckAt, checkAt)
                .SetProperty(e => e.RefundsOpenedTo, openedTo)
                .SetProperty(e => e.RefundsFailures, failures),
            CancellationToken.None);
    }

    private async Task EndAsync(RefundTurn turn, DateTimeOffset now)
    {
        await using var database = contexts.Lease(turn.Tenant);
        await Claimed(database, turn).ExecuteUpdateAsync(
            row => row.SetProperty(e => e.RefundsOpenedAt, now), CancellationToken.None);
    }

    /// <remarks>Changes nothing if this took so long that another host has claimed the event.</remarks>
    private static IQueryable<Event> Claimed(EquaticketDbContext database, RefundTurn turn) =>
        database.Events.Where(
            row => row.Id == turn.Id && row.RefundsCheckAt == turn.RefundsCheckAt);
}

/// <summary>An event whose refunds this host has temporarily claimed.</summary>
/// <param name="OrganizationId">The organization.</param>
/// <param name="Livemode">The mode.</param>
/// <param name="Id">The event.</param>
/// <param name="RefundsRequestedAt">When the event was cancelled.</param>
/// <param name="RefundsCheckAt">The end of the claim.</param>
/// <param name="RefundsOpenedTo">The last order of the previous page; null at the start of a pass.</param>
/// <param name="RefundsFailures">The number of consecutive passes that left orders without a refund.</param>
internal sealed record RefundTurn(
    Guid OrganizationId,
    bool Livemode,
    Guid Id,
    DateTimeOffset RefundsRequestedAt,
    DateTimeOffset RefundsCheckAt,
    Guid? RefundsOpenedTo,
    int RefundsFailures)
{
    public TenantScope Tenant => new(OrganizationId, Livemode);
}
