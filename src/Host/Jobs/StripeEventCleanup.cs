using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Host.Jobs;

/// <summary>Forgets Stripe's events once Stripe no longer sends them again.</summary>
internal sealed class StripeEventCleanup(
    TenantContexts contexts,
    RowStamps stamps,
    TimeProvider clock,
    ILogger<StripeEventCleanup> log) : PeriodicJob(TimeSpan.FromHours(1), clock, log)
{
    /// <summary>Stripe itself keeps events for 30 days.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(60);

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        var before = stamps.Now() - Kept;
        await using var database = contexts.Lease(null);
        await database.StripeEvents.Where(said => said.ReceivedAt < before)
            .ExecuteDeleteAsync(cancellationToken);
    }
}
