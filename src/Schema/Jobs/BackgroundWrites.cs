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
    private const int MaxAttempts = 3;

    /// <param name="tenant">Whose rows are written.</param>
    /// <param name="write">Writes, and says whether to keep it.</param>
    /// <param name="cancellationToken">Heeded until the commit.</param>
    /// <returns>What <paramref name="write"/> said.</returns>
    internal async Task<bool> RunAsync(
        TenantScope tenant,
        Func<EquaticketDbContext, CancellationToken, Task<bool>> write,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(tenant, write, cancellationToken);
            }
            catch (Exception fault)
                when (attempt < MaxAttempts && DatabaseErrors.IsRetryable(fault))
            {
                // Another transaction was in the way; it has ended.
            }
        }
    }

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
