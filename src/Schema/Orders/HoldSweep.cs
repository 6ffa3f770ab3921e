using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Equaticket.Schema.Orders;

/// <summary>
/// Expires all checkouts that are due, for all organizations, event by event. One that can't be expired does not
/// delay others: it is retried after a pause.
/// </summary>
public sealed class HoldSweep(
    TenantContexts contexts, BackgroundWrites writes, RowStamps stamps, ILogger<HoldSweep> log)
    : IJob
{
    private const int PageSize = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var last = new DueRow(Guid.Empty, Livemode: false, Guid.Empty);
        while (await DueEventsAsync(last, cancellationToken) is { Count: > 0 } due)
        {
            await Claims.ForEachAsync(due, SweepAsync, cancellationToken);
            last = due[^1];
        }
    }

    private async Task SweepAsync(DueRow row, CancellationToken cancellationToken)
    {
        try
        {
            while (await ExpireAsync(row, orderId: null, cancellationToken))
            {
                // There may be more orders to expire.
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogFault(
                LogLevel.Warning, fault, "Checkouts of event {EventId} could not be expired together.", row.Id);
            await SweepOneByOneAsync(row, cancellationToken);
        }
    }

    private async Task SweepOneByOneAsync(DueRow row, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var orderId in await DueOrdersAsync(row, cancellationToken))
                await TryExpireAsync(row, orderId, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogFault(LogLevel.Error, fault, "Checkouts of event {EventId} could not be expired.", row.Id);
        }
    }

    private async Task TryExpireAsync(
        DueRow row, Guid orderId, CancellationToken cancellationToken)
    {
        try
        {
            await ExpireAsync(row, orderId, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogFault(LogLevel.Error, fault, "Order {OrderId} could not be expired; will be retried.", orderId);
            await PostponeAsync(row, orderId, cancellationToken);
        }
    }

    private Task<bool> ExpireAsync(
        DueRow row, Guid? orderId, CancellationToken cancellationToken) => writes.RunAsync(
            row.Tenant,
            async (database, token) =>
                await HoldExpiry.ExpireAsync(database, stamps, row.Id, orderId, token) > 0,
            cancellationToken);

    /// <remarks>The order's tickets stay held until the retry, which affects other buyers of the event.</remarks>
    private async Task PostponeAsync(
        DueRow row, Guid orderId, CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        await using var database = contexts.Lease(row.Tenant);
        await database.Orders.Where(order => order.Id == orderId && order.HoldExpiresAt <= now)
            .ExecuteUpdateAsync(
                order => order.SetProperty(o => o.HoldExpiresAt, now + Pause), cancellationToken);
    }

    private async Task<List<DueRow>> DueEventsAsync(
        DueRow last, CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        await using var database = contexts.Lease(null);
        var due = await database.Orders.IgnoreQueryFilters()
            .Where(order => order.HoldExpiresAt <= now && EF.Functions.GreaterThan(
                ValueTuple.Create(order.OrganizationId, order.Livemode, order.EventId),
                ValueTuple.Create(last.OrganizationId, last.Livemode, last.Id)))
            .Select(order => new { order.OrganizationId, order.Livemode, order.EventId })
            .Distinct()
            .OrderBy(row => row.OrganizationId).ThenBy(row => row.Livemode)
            .ThenBy(row => row.EventId)
            .Take(PageSize).ToListAsync(cancellationToken);
        return due.ConvertAll(row => new DueRow(row.OrganizationId, row.Livemode, row.EventId));
    }

    private async Task<List<Guid>> DueOrdersAsync(
        DueRow row, CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        await using var database = contexts.Lease(row.Tenant);
        return await database.Orders
            .Where(order => order.EventId == row.Id && order.HoldExpiresAt <= now)
            .Select(order => order.Id).ToListAsync(cancellationToken);
    }
}
