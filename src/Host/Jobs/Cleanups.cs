using Equaticket.Persistence;
using Equaticket.Persistence.Activity;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Jobs;
using Equaticket.Schema.Team;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Host.Jobs;

/// <summary>Removes expired idempotency records in small batches, so that no request waits for it.</summary>
internal sealed class IdempotencyCleanup(TenantContexts contexts, RowStamps stamps) : IJob
{
    private const int BatchSize = 500;

    public async Task RunAsync(CancellationToken cancellationToken)
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

/// <summary>Removes Stripe events once Stripe no longer resends them.</summary>
internal sealed class StripeEventCleanup(TenantContexts contexts, RowStamps stamps) : IJob
{
    /// <summary>Stripe stores events for 30 days.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(60);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var before = stamps.Now() - Kept;
        await using var database = contexts.Lease(null);
        await database.StripeEvents.Where(stripeEvent => stripeEvent.ReceivedAt < before)
            .ExecuteDeleteAsync(cancellationToken);
    }
}

/// <summary>Removes the usage of keys on days that are no longer shown.</summary>
internal sealed class KeyUseCleanup(TenantContexts contexts, RowStamps stamps) : IJob
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var first = ApiKeyScopeUse.FirstDay(stamps.Now());
        await using var database = contexts.Lease(null);
        await database.Database.ExecuteSqlAsync(
            $"DELETE FROM api_key_scope_uses WHERE day < {first}", cancellationToken);
    }
}

/// <summary>Removes expired sessions and invitations.</summary>
internal sealed class SessionCleanup(SessionRegistry sessions, Invitations invitations) : IJob
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await sessions.SweepAsync(cancellationToken);
        await invitations.SweepAsync(cancellationToken);
    }
}
