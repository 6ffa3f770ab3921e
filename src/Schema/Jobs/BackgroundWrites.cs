using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Execution;

namespace Equaticket.Schema.Jobs;

/// <summary>
/// Writes that no caller's operation makes: jobs, and what Stripe tells. Each is one transaction for
/// one tenant; a deadlock, or a code that was drawn twice, runs again.
/// </summary>
public sealed class BackgroundWrites(TenantContexts contexts)
{
    /// <param name="tenant">Whose rows are written.</param>
    /// <param name="write">Writes, and says whether to keep it.</param>
    /// <param name="cancellationToken">Heeded until the commit.</param>
    /// <returns>What <paramref name="write"/> said.</returns>
    internal Task<bool> RunAsync(
        TenantScope tenant,
        Func<EquaticketDbContext, CancellationToken, Task<bool>> write,
        CancellationToken cancellationToken) =>
        Attempts.RunAsync(async _ => (await TryAsync(tenant, write, cancellationToken), RunAgain: false));

    private async Task<bool> TryAsync(
        TenantScope tenant,
        Func<EquaticketDbContext, CancellationToken, Task<bool>> write,
        CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(tenant);
        await using var transaction =
            await database.Database.BeginTransactionAsync(cancellationToken);
        var isKept = await write(database, cancellationToken);
        if (isKept)
            await transaction.CommitAsync(CancellationToken.None);
        return isKept;
    }
}
