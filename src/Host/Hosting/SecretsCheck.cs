using System.Security.Cryptography;
using System.Text;
using Equaticket.Persistence.Secrets;
using Equaticket.Persistence.Tenancy;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Host.Hosting;

/// <summary>
/// Prevents the startup of a server that could not read stored secrets, because its certificate did not wrap their
/// keys, or because a restore lacks the keys. Otherwise it would create new keys, and fail on every secret.
/// </summary>
internal sealed class SecretsCheck(
    TenantContexts contexts, KeyWrapping wrapping, IDataProtectionProvider protection)
{
    private static readonly byte[] Content = Encoding.ASCII.GetBytes("equaticket");

    private readonly IDataProtector _protector = protection.CreateProtector("canary.v1");

    /// <exception cref="ConfigurationException">Stored secrets can't be read.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        // Before anything is decrypted, because decryption creates a key if none can be used.
        foreach (var key in await database.DataProtectionKeys.Select(row => row.Xml!).ToListAsync(cancellationToken))
            wrapping.RequireReadable(key);
        var canary = await database.SecretCanaries.Select(row => row.Sealed).SingleOrDefaultAsync(cancellationToken);
        if (canary is not null)
        {
            RequireReadable(canary);
            return;
        }

        var made = _protector.Protect(Content);
        await database.Database.ExecuteSqlAsync(
            $"INSERT INTO secret_canaries (id, sealed) VALUES ({SecretCanary.OnlyId}, {made}) ON CONFLICT DO NOTHING",
            cancellationToken);
    }

    private void RequireReadable(byte[] canary)
    {
        try
        {
            _protector.Unprotect(canary);
        }
        catch (CryptographicException)
        {
            throw new ConfigurationException(
                "Stored secrets cannot be read: the keys that encrypt them are missing from the table "
                + "data_protection_keys. Restore that table from the backup of this database.");
        }
    }
}
