using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Orders;

/// <summary>Expires all checkouts that are due, of every organization.</summary>
public sealed class HoldSweep(TenantContexts contexts, RowStamps stamps)
{
    private const int MaxEvents = 100;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var (tenant, eventId) in await DueAsync(cancellationToken))
        {
            while (await ExpireAsync(tenant, eventId, cancellationToken) > 0)
            {
                // More may be left.
            }
        }
    }

    private async Task<int> ExpireAsync(
        TenantScope tenant, Guid eventId, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(tenant);
        await using var transaction =
            await database.Database.BeginTransactionAsync(cancellationToken);
        var count = await HoldExpiry.ExpireAsync(database, stamps, eventId, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return count;
    }

    private async Task<List<(TenantScope Tenant, Guid EventId)>> DueAsync(
        CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        await using var database = contexts.Lease(null);
        var due = await database.Orders.IgnoreQueryFilters()
            .Where(order => order.HoldExpiresAt <= now)
            .Select(order => new { order.OrganizationId, order.Livemode, order.EventId })
            .Distinct().Take(MaxEvents).ToListAsync(cancellationToken);
        return due.ConvertAll(
            row => (new TenantScope(row.OrganizationId, row.Livemode), row.EventId));
    }
}
