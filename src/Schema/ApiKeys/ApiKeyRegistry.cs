using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using Equaticket.Persistence;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Audit;
using Equaticket.Schema.Audit;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.ApiKeys;

/// <summary>The properties of a new key.</summary>
/// <param name="Name">The name, 1–100 characters.</param>
/// <param name="Livemode">Whether the key accesses live data.</param>
/// <param name="Scopes">At least one; cannot be changed later.</param>
/// <param name="ExpiresAt">A time in the future, or null for a key that does not expire.</param>
public sealed record NewApiKey(
    string Name, bool Livemode, IReadOnlyCollection<Scope> Scopes, DateTimeOffset? ExpiresAt);

/// <summary>A new key with its secret, which is shown only once.</summary>
public sealed record CreatedApiKey(ApiKey Key, ApiKeySecret Secret);

/// <summary>
/// Creates, rolls, and revokes API keys of the organization for which the database context is leased.
/// </summary>
public sealed class ApiKeyRegistry(RowStamps stamps)
{
    private static readonly TextRule NameRule = new((1, 100));

    /// <param name="database">Leased for the organization.</param>
    /// <param name="actor">The caller; null for an operator.</param>
    /// <param name="wanted">The requested key.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ApiError">The API terms are not accepted, or the requested key is invalid.</exception>
    public async Task<CreatedApiKey> CreateAsync(
        EquaticketDbContext database,
        Caller? actor,
        NewApiKey wanted,
        CancellationToken cancellationToken)
    {
        RequireValid(wanted, stamps.Now());
        await RequireTermsAsync(database, cancellationToken);
        var created = Add(database, actor, wanted);
        AuditLog.Record(database, stamps, actor, AuditAction.ApiKeyCreated, created.Key.Id);
        await database.SaveChangesAsync(cancellationToken);
        return created;
    }

    /// <summary>
    /// Creates a key with the same scopes, mode, and name as an existing one, which expires after the overlap.
    /// </summary>
    /// <exception cref="ApiError">The key does not exist, or has expired or been revoked.</exception>
    public async Task<CreatedApiKey> RollAsync(
        EquaticketDbContext database,
        Caller? actor,
        Guid id,
        TimeSpan overlap,
        CancellationToken cancellationToken)
    {
        var (old, now) = (await LockAsync(database, id, cancellationToken), stamps.Now());
        if (old.RevokedAt is not null || old.ExpiresAt <= now)
            throw ApiError.Conflict("This key has expired or been revoked. Create a new one.");
        await RequireTermsAsync(database, cancellationToken);
        var created = Add(database, actor, new NewApiKey(old.Name, old.Livemode, old.Scopes, null));
        var end = now + overlap;
        if (overlap == TimeSpan.Zero)
            old.RevokedAt = now;
        else if (old.ExpiresAt is null || old.ExpiresAt > end)
            old.ExpiresAt = end;
        old.ExpiryNoticeDueAt = null;
        AuditLog.Record(database, stamps, actor, AuditAction.ApiKeyRolled, old.Id);
        await database.SaveChangesAsync(cancellationToken);
        return created;
    }

    /// <summary>Revokes a key permanently. Revoking it again keeps the original time.</summary>
    /// <exception cref="ApiError">The key does not exist.</exception>
    public async Task<ApiKey> RevokeAsync(
        EquaticketDbContext database, Caller? actor, Guid id, CancellationToken cancellationToken)
    {
        var key = await LockAsync(database, id, cancellationToken);
        if (key.RevokedAt is not null)
            return key;
        (key.RevokedAt, key.ExpiryNoticeDueAt) = (stamps.Now(), null);
        AuditLog.Record(database, stamps, actor, AuditAction.ApiKeyRevoked, key.Id);
        await database.SaveChangesAsync(cancellationToken);
        return key;
    }

    private CreatedApiKey Add(EquaticketDbContext database, Caller? actor, NewApiKey wanted)
    {
        var (stamp, secret) = (stamps.Next(), ApiKeySecret.Create(wanted.Livemode));
        var key = new ApiKey
        {
            Id = stamp.Id,
            Livemode = wanted.Livemode,
            Name = wanted.Name.Trim(),
            Hash = secret.Hash,
            Prefix = secret.Prefix,
            LastFour = secret.LastFour,
            Scopes = [.. wanted.Scopes.Distinct().Order()],
            ExpiresAt = wanted.ExpiresAt,
            ExpiryNoticeDueAt = KeyExpiryNotices.Next(wanted.ExpiresAt, stamp.CreatedAt),
            CreatedById = actor?.UserId,
            CreatedAt = stamp.CreatedAt,
        };
        database.Add(key);
        return new CreatedApiKey(key, secret);
    }

    /// <remarks>Waits for writes in flight, which lock the key's row until they commit.</remarks>
    private static async Task<ApiKey> LockAsync(
        EquaticketDbContext database, Guid id, CancellationToken cancellationToken) =>
        await RowLocks.ApiKey(database, id).AsTracking().SingleOrDefaultAsync(cancellationToken)
            ?? throw ApiError.NotFound("API key");

    private static async Task RequireTermsAsync(
        EquaticketDbContext database, CancellationToken cancellationToken)
    {
        var organizationId = database.Tenant!.Value.OrganizationId;
        if (!await database.Organizations.AnyAsync(
            o => o.Id == organizationId && o.ApiTermsAcceptedAt != null, cancellationToken))
            throw ApiError.ApiTermsRequired();
    }

    private static void RequireValid(NewApiKey wanted, DateTimeOffset now)
    {
        NameRule.Require(wanted.Name, "name");
        if (wanted.Scopes.Count == 0)
            throw ApiError.Validation("scopes", "Provide at least one scope.");
        if (wanted.ExpiresAt <= now)
            throw ApiError.Validation("expiresAt", "This must be in the future.");
    }
}
