using System.Security.Cryptography;
using System.Text;
using Equaticket.Persistence;
using Equaticket.Persistence.Secrets;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Host.Hosting;

/// <summary>
/// Prevents the startup of a server that could not read stored secrets, because its certificate did not wrap their
/// keys, or because a restore lacks the keys. Otherwise, it would create new keys, and fail on every secret.
/// </summary>
internal sealed class SecretsCheck(
    TenantContexts contexts, KeyWrapping wrapping, IDataProtectionProvider protection)
{
    /// <summary>An arbitrary number that no other advisory lock uses.</summary>
    private const long TurnId = 6_247_310_958_114;

    private static readonly byte[] Content = Encoding.ASCII.GetBytes("equaticket");

    private readonly IDataProtector _protector = protection.CreateProtector("canary.v1");

    /// <exception cref="ConfigurationException">Stored secrets can't be read.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        // Before anything is decrypted, because decryption creates a key if none can be used.
        foreach (var key in await database.DataProtectionKeys.Select(row => row.Xml!).ToListAsync(cancellationToken))
            wrapping.RequireReadable(key);
        if (await CanaryAsync(database, cancellationToken) is { } known)
        {
            RequireReadable(known);
            return;
        }

        // Servers that start at the same time with an empty database take turns. Otherwise, each would create its own
        // key, which the others would not know until they reload the keys, up to a day later.
        await using var turn = await database.Database.BeginTransactionAsync(cancellationToken);
        await database.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({TurnId})", cancellationToken);
        if (await CanaryAsync(database, cancellationToken) is { } made)
            RequireReadable(made);
        else
            await AddCanaryAsync(database, cancellationToken);
        await turn.CommitAsync(cancellationToken);
    }

    private static Task<byte[]?> CanaryAsync(EquaticketDbContext database, CancellationToken cancellationToken) =>
        database.SecretCanaries.Select(row => row.Sealed).SingleOrDefaultAsync(cancellationToken);

    private Task<int> AddCanaryAsync(EquaticketDbContext database, CancellationToken cancellationToken)
    {
        var made = _protector.Protect(Content);
        return database.Database.ExecuteSqlAsync(
            $"INSERT INTO secret_canaries (id, sealed) VALUES ({SecretCanary.OnlyId}, {made}) ON CONFLICT DO NOTHING",
            cancellationToken);
    }

    private void RequireReadable(byte[] canary)
    {
        try
        {
            _protector.Unprotect(canary);
        }
        // If the database could not be reached, nothing is known about the keys.
        catch (CryptographicException fault) when (DatabaseErrors.Translate(fault) is null)
        {
            throw new ConfigurationException(
                "Stored secrets cannot be read: the keys that encrypt them are missing from the table "
                + "data_protection_keys. Restore that table from the backup of this database.");
        }
    }
}
