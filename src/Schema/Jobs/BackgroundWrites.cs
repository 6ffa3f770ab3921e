using Equaticket.Persistence;
using Equaticket.Persistence.Replicas;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Execution;

namespace Equaticket.Schema.Jobs;

/// <summary>
/// Writes that are not part of a caller's operation: those of jobs and of events from Stripe. Each is one
/// transaction for one tenant, and is retried after a deadlock or a duplicate generated code.
/// </summary>
public sealed class BackgroundWrites(TenantContexts contexts, ReplicaPool replicas)
{
    /// <param name="tenant">The tenant whose rows are written.</param>
    /// <param name="write">Writes the changes, and returns whether to commit them.</param>
    /// <param name="cancellationToken">Cancels the operation, until the commit.</param>
    /// <returns>The result of <paramref name="write"/>.</returns>
    internal Task<bool> RunAsync(
        TenantScope tenant,
        Func<EquaticketDbContext, CancellationToken, Task<bool>> write,
        CancellationToken cancellationToken) =>
        Attempts.RunAsync(_ => TryAsync(tenant, write, cancellationToken));

    private async Task<bool> TryAsync(
        TenantScope tenant,
        Func<EquaticketDbContext, CancellationToken, Task<bool>> write,
        CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(tenant);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var isKept = await write(database, cancellationToken);
        if (!isKept)
            return false;
        await using var last = new StatementBatch(database);
        await last.CommitAsync(CancellationToken.None);
        // No caller waits for this write, so an announcement that fails changes nothing.
        await replicas.AnnounceAsync(tenant.OrganizationId);
        return true;
    }
}
