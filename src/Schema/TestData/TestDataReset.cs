using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.TestData;

/// <summary>How many rows of each kind a reset has removed.</summary>
public sealed record DeletedTestData(int Events, int TicketTypes);

/// <summary>
/// Removes the test data of an organization. Its keys, Stripe state and logs stay
/// (guide, "Test mode").
/// </summary>
internal static class TestDataReset
{
    /// <remarks>
    /// Events are locked first, as every write to what belongs to them does, so that test traffic
    /// that runs meanwhile waits or fails cleanly, and no deadlock arises.
    /// </remarks>
    public static async Task<DeletedTestData> RunAsync(
        OperationContext operation, CancellationToken cancellationToken)
    {
        var (database, organizationId) = (operation.Database, operation.Tenant.OrganizationId);
        await database.Database.ExecuteSqlAsync(
            $"""
            SELECT 1 FROM events WHERE organization_id = {organizationId} AND NOT livemode
            ORDER BY id FOR UPDATE
            """,
            cancellationToken);
        var ticketTypes = await TestRows(database.TicketTypes)
            .Where(t => t.OrganizationId == organizationId && !t.Livemode)
            .ExecuteDeleteAsync(cancellationToken);
        var events = await TestRows(database.Events)
            .Where(e => e.OrganizationId == organizationId && !e.Livemode)
            .ExecuteDeleteAsync(cancellationToken);
        await TestRows(database.Webhooks)
            .Where(w => w.OrganizationId == organizationId && !w.Livemode)
            .ExecuteDeleteAsync(cancellationToken);
        await TestRows(database.WebhookQueue)
            .Where(q => q.OrganizationId == organizationId && !q.Livemode)
            .ExecuteDeleteAsync(cancellationToken);
        await TestRows(database.WebhookDeliveries)
            .Where(d => d.OrganizationId == organizationId && !d.Livemode)
            .ExecuteDeleteAsync(cancellationToken);
        await TestRows(database.WebhookEvents)
            .Where(e => e.OrganizationId == organizationId && !e.Livemode)
            .ExecuteDeleteAsync(cancellationToken);
        await TestRows(database.IdempotencyRecords)
            .Where(r => r.OrganizationId == organizationId && !r.Livemode)
            .ExecuteDeleteAsync(cancellationToken);
        return new DeletedTestData(events, ticketTypes);
    }

    /// <summary>A session may look at live data while it resets the other.</summary>
    private static IQueryable<T> TestRows<T>(DbSet<T> rows)
        where T : class => rows.IgnoreQueryFilters();
}
