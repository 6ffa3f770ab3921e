using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Host.Jobs;

/// <summary>Removes expired idempotency records, a few at a time, so that nobody waits for it.</summary>
internal sealed class IdempotencyCleanup(
    TenantContexts contexts,
    RowStamps stamps,
    TimeProvider clock,
    ILogger<IdempotencyCleanup> log) : PeriodicJob(TimeSpan.FromMinutes(1), clock, log)
{
    private const int BatchSize = 500;

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await RemoveBatchAsync(cancellationToken) == BatchSize)
        {
            // More are left.
        }
    }

    private async Task<int> RemoveBatchAsync(CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        await using var database = contexts.Lease(null);
        return await database.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM idempotency_records WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM idempotency_records WHERE expires_at <= {now}
                LIMIT {BatchSize} FOR UPDATE SKIP LOCKED))
            """,
            cancellationToken);
    }
}
