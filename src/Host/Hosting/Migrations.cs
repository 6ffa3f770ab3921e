using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Host.Hosting;

/// <summary>Brings a database to the newest form. Hosts that start at once take turns.</summary>
internal static class Migrations
{
    /// <returns>The names of the migrations that were applied.</returns>
    public static async Task<IReadOnlyList<string>> ApplyAsync(
        IServiceProvider services, CancellationToken cancellationToken)
    {
        var contexts = services.GetRequiredService<TenantContexts>();
        await using var database = contexts.Lease(null);
        IReadOnlyList<string> pending =
            [.. await database.Database.GetPendingMigrationsAsync(cancellationToken)];
        if (pending.Count > 0)
            await database.Database.MigrateAsync(cancellationToken);
        return pending;
    }
}
