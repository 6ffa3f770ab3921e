using System.Security.Cryptography;
using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Equaticket.Schema.ApiKeys;

/// <summary>Looks up API keys, and checks that they are active.</summary>
public sealed class ApiKeyDirectory(
    TenantContexts contexts, KnownCallers callers, RowStamps stamps)
{
    private static readonly Func<EquaticketDbContext, byte[], Task<KeyRow?>> FindByHash =
        EF.CompileAsyncQuery((EquaticketDbContext database, byte[] hash) => database.ApiKeys
            .IgnoreQueryFilters()
            .Where(key => key.Hash == hash)
            .Join(
                database.Organizations,
                key => key.OrganizationId,
                organization => organization.Id,
                (key, organization) => new KeyRow(key, organization))
            .SingleOrDefault());

    /// <param name="text">The text after <c>Bearer</c>.</param>
    /// <returns>The key, which may be expired or revoked: see <see cref="RequireActive"/>.</returns>
    /// <exception cref="ApiError">The key is malformed or unknown.</exception>
    public async Task<KnownKey> FindAsync(string text) =>
        ApiKeySecret.TryParse(text, out var secret) ? await FindAsync(secret.Hash) : throw Invalid();

    /// <exception cref="ApiError">The key has been revoked or has expired.</exception>
    public void RequireActive(KnownKey known)
    {
        if (known.Key.RevokedAt is not null)
            throw Revoked();
        if (known.Key.ExpiresAt <= stamps.Now())
            throw ApiError.Unauthorized("This API key has expired. Create a new one.");
    }

    /// <summary>
    /// Rechecks the key before the response to a read is sent. Uses the cache, unless the key has changed or
    /// notifications are not being received.
    /// </summary>
    /// <exception cref="ApiError">The key expired or was revoked while the request ran.</exception>
    public async Task RequireStillActiveAsync(KnownKey known) =>
        RequireActive(await FindAsync(known.Key.Hash));

    /// <summary>
    /// Sends the last statements of a write, so that a write with a revoked key never takes effect: the last of them
    /// locks the key's row against revocation until the transaction ends.
    /// </summary>
    /// <param name="last">The statements before the lock.</param>
    /// <param name="keyId">The caller's key; null for a caller without one.</param>
    /// <param name="isRequired">Whether the statements have no effect if the key is not active.</param>
    /// <param name="commits">Whether to commit the transaction too.</param>
    /// <returns>Whether the key is active.</returns>
    public async Task<bool> FinishAsync(StatementBatch last, Guid? keyId, bool isRequired, bool commits)
    {
        if (keyId is { } id)
        {
            last.Add(
                isRequired ? RowLocks.RequireActiveApiKey : RowLocks.KeepActiveApiKey,
                last.Database.Tenant!.Value.OrganizationId,
                id,
                stamps.Now());
        }

        try
        {
            var active = await (commits
                ? last.CommitAsync(CancellationToken.None)
                : last.ExecuteAsync(CancellationToken.None));
            return keyId is null || active is not null;
        }
        catch (PostgresException fault) when (isRequired && fault.SqlState == PostgresErrorCodes.DivisionByZero)
        {
            return false;
        }
    }

    /// <param name="text">The secret key.</param>
    /// <returns>Its id, whether or not it is active; null if it is malformed or unknown.</returns>
    public async Task<Guid?> FindIdAsync(string text) =>
        ApiKeySecret.TryParse(text, out var secret) ? (await ReadAsync(secret.Hash))?.Key.Id : null;

    /// <returns>The key's owner, or null if no key has this id.</returns>
    public async Task<TenantScope?> OwnerOfAsync(Guid keyId, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        return await database.ApiKeys.IgnoreQueryFilters().Where(key => key.Id == keyId)
            .Select(key => (TenantScope?)new TenantScope(key.OrganizationId, key.Livemode))
            .SingleOrDefaultAsync(cancellationToken);
    }

    public static ApiError Revoked() =>
        ApiError.Unauthorized("This API key has been revoked. Use another one.");

    /// <remarks>A cached key that has expired is read again, because its expiry may have been extended.</remarks>
    private async Task<KnownKey> FindAsync(byte[] hash)
    {
        var now = stamps.Now();
        return callers.Find(hash, now) is { } known && !HasEnded(known.Key, now)
            ? known
            : await ReadAsync(hash) ?? throw Invalid();
    }

    private static bool HasEnded(ApiKey key, DateTimeOffset now) =>
        key.RevokedAt is not null || key.ExpiresAt <= now;

    private async Task<KnownKey?> ReadAsync(byte[] hash)
    {
        var remember = callers.BeginRead(hash);
        await using var database = contexts.Lease(null);
        if (await FindByHash(database, hash) is not var (key, organization)
            || !CryptographicOperations.FixedTimeEquals(key.Hash, hash))
            return null;
        var known = new KnownKey(key, organization, stamps.Now());
        remember(known);
        return known;
    }

    private static ApiError Invalid() => ApiError.Unauthorized(
        "This API key is invalid. Send a valid one as Authorization: Bearer sk_….");

    private sealed record KeyRow(ApiKey Key, Organization Organization);
}
