using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.TestData;

/// <summary>The number of deleted rows, by kind.</summary>
public sealed record DeletedTestData
{
    public required int Events { get; init; }

    public required int TicketTypes { get; init; }

    public required int Orders { get; init; }

    public required int Attendees { get; init; }

    public required int Refunds { get; init; }

    public int Webhooks { get; init; }
}

/// <summary>
/// Deletes an organization's test data. Its keys (including the key that signs test tickets), Stripe state and logs
/// remain (guide, "Test mode").
/// </summary>
internal static class TestDataReset
{
    /// <remarks>
    /// Locks the events first, as every write to their data does: concurrent test traffic waits and then finds nothing,
    /// without deadlocks. An event created in the meantime keeps its data. The order numbers come last, because sales
    /// wait for them.
    /// </remarks>
    public static async Task<DeletedTestData> RunAsync(
        OperationContext operation, CancellationToken cancellationToken)
    {
        var (database, organizationId) = (operation.Database, operation.Tenant.OrganizationId);
        var events = await RowLocks.TestEventsToRemove(database, organizationId).IgnoreQueryFilters()
            .Select(row => row.Id).ToArrayAsync(cancellationToken);
        var webhooks = await DeleteAsync(
            TestRows(database.Webhooks, organizationId), cancellationToken);
        await DeleteAsync(TestRows(database.WebhookQueue, organizationId), cancellationToken);
        await DeleteAsync(TestRows(database.WebhookDeliveries, organizationId), cancellationToken);
        await DeleteAsync(TestRows(database.WebhookEvents, organizationId), cancellationToken);
        await DeleteAsync(TestRows(database.Scans, organizationId), cancellationToken);
        var deleted = await DeleteEventsAsync(
            database, organizationId, events, cancellationToken);
        await DeleteAsync(TestRows(database.IdempotencyRecords, organizationId), cancellationToken);
        await RestartOrderNumbersAsync(database, organizationId, cancellationToken);
        return deleted with { Webhooks = webhooks };
    }

    /// <summary>Counts what a reset would delete now.</summary>
    public static async Task<DeletedTestData> CountAsync(
        OperationContext operation, CancellationToken cancellationToken)
    {
        var (database, organizationId) = (operation.Database, operation.Tenant.OrganizationId);
        return new DeletedTestData
        {
            Events = await TestRows(database.Events, organizationId).CountAsync(cancellationToken),
            TicketTypes = await TestRows(database.TicketTypes, organizationId).CountAsync(cancellationToken),
            Orders = await TestRows(database.Orders, organizationId).CountAsync(cancellationToken),
            Attendees = await TestRows(database.Attendees, organizationId).CountAsync(cancellationToken),
            Refunds = await TestRows(database.Refunds, organizationId).CountAsync(cancellationToken),
            Webhooks = await TestRows(database.Webhooks, organizationId).CountAsync(cancellationToken),
        };
    }

    private static async Task<DeletedTestData> DeleteEventsAsync(
        EquaticketDbContext database,
        Guid organizationId,
        Guid[] events,
        CancellationToken cancellationToken)
    {
        var orders = TestRows(database.Orders, organizationId)
            .Where(order => events.Contains(order.EventId));
        var attendees = await DeleteAsync(
            TestRows(database.Attendees, organizationId).Where(a => events.Contains(a.EventId)),
            cancellationToken);
        var refunds = await DeleteAsync(
            TestRows(database.Refunds, organizationId)
                .Where(refund => orders.Any(order => order.Id == refund.OrderId)),
            cancellationToken);
        await DeleteAsync(
            TestRows(database.OrderItems, organizationId)
                .Where(item => orders.Any(order => order.Id == item.OrderId)),
            cancellationToken);
        return new DeletedTestData
        {
            Attendees = attendees,
            Refunds = refunds,
            Orders = await DeleteAsync(orders, cancellationToken),
            TicketTypes = await DeleteAsync(
                TestRows(database.TicketTypes, organizationId)
                    .Where(type => events.Contains(type.EventId)),
                cancellationToken),
            Events = await DeleteAsync(
                TestRows(database.Events, organizationId).Where(e => events.Contains(e.Id)),
                cancellationToken),
        };
    }

    /// <remarks>
    /// The numbers continue if an event remains: it may have orders, whose numbers would be assigned again. The lock
    /// comes before the check, so that the check sees the event of every order that already has its number.
    /// </remarks>
    private static async Task RestartOrderNumbersAsync(
        EquaticketDbContext database, Guid organizationId, CancellationToken cancellationToken)
    {
        await RowLocks.TestOrderCounterToRemove(database, organizationId).IgnoreQueryFilters()
            .LoadAsync(cancellationToken);
        var remaining = TestRows(database.Events, organizationId);
        await DeleteAsync(
            TestRows(database.OrderCounters, organizationId).Where(_ => !remaining.Any()), cancellationToken);
    }

    private static Task<int> DeleteAsync<T>(
        IQueryable<T> rows, CancellationToken cancellationToken)
        where T : class => rows.ExecuteDeleteAsync(cancellationToken);

    /// <summary>Selects test rows explicitly: a session may view live data while it resets test data.</summary>
    private static IQueryable<T> TestRows<T>(DbSet<T> rows, Guid organizationId)
        where T : TenantOwned =>
        rows.IgnoreQueryFilters()
            .Where(row => row.OrganizationId == organizationId && !row.Livemode);
}
