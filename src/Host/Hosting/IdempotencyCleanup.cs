using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Host.Hosting;

/// <summary>Removes expired idempotency records, a few at a time, so that nobody waits for it.</summary>
internal sealed class IdempotencyCleanup(
    TenantContexts contexts,
    RowStamps stamps,
    TimeProvider clock,
    ILogger<IdempotencyCleanup> log) : BackgroundService
{
    private const int BatchSize = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await RemoveAllAsync(stoppingToken);
    }

    private async Task RemoveAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await RemoveBatchAsync(cancellationToken) == BatchSize)
            {
                // More are left.
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogWarning(fault, "Expired idempotency records were not removed; trying again.");
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
