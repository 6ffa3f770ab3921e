using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Host.Hosting;

/// <summary>
/// Applies pending migrations, without a timeout. Hosts that start at the same time take turns.
/// </summary>
internal static class Migrations
{
    /// <returns>The names of the applied migrations.</returns>
    public static async Task<IReadOnlyList<string>> ApplyAsync(
        IServiceProvider services, CancellationToken cancellationToken)
    {
        var contexts = services.GetRequiredService<TenantContexts>();
        await using var database = contexts.Lease(null);
        IReadOnlyList<string> pending =
            [.. await database.Database.GetPendingMigrationsAsync(cancellationToken)];
        if (pending.Count == 0)
            return pending;
        database.Database.SetCommandTimeout(TimeSpan.Zero);
        if (await database.Database.CanConnectAsync(cancellationToken))
        {
            await database.Database.OpenConnectionAsync(cancellationToken);
            await database.Database.ExecuteSqlRawAsync(HostConnection.Unbound, cancellationToken);
        }

        await database.Database.MigrateAsync(cancellationToken);
        await database.Database.ExecuteSqlRawAsync(HostConnection.Bound, cancellationToken);
        return pending;
    }
}
