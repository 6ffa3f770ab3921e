using Equaticket.Persistence;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Errors;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.ApiKeys;

/// <summary>What a new key shall be.</summary>
/// <param name="Name">1–100 characters, for people.</param>
/// <param name="Livemode">Whether it works on live data.</param>
/// <param name="Scopes">At least one; fixed from then on.</param>
/// <param name="ExpiresAt">In the future, or null for a key without an end.</param>
public sealed record NewApiKey(
    string Name, bool Livemode, IReadOnlyCollection<Scope> Scopes, DateTimeOffset? ExpiresAt);

/// <summary>A key that was just made, with the one chance to see its secret.</summary>
public sealed record CreatedApiKey(ApiKey Key, ApiKeySecret Secret);

/// <summary>Makes and revokes API keys.</summary>
public sealed class ApiKeyRegistry(TenantContexts contexts, RowStamps stamps)
{
    /// <exception cref="ApiError">The terms are not accepted, or the key is not allowed.</exception>
    public async Task<CreatedApiKey> CreateAsync(
        Organization organization, NewApiKey wanted, CancellationToken cancellationToken)
    {
        if (organization.ApiTermsAcceptedAt is null)
            throw ApiError.ApiTermsRequired();
        var stamp = stamps.Next();
        RequireValid(wanted, stamp.CreatedAt);
        var secret = ApiKeySecret.Create(wanted.Livemode);
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
            CreatedAt = stamp.CreatedAt,
        };
        await using var database = contexts.Lease(
            new TenantScope(organization.Id, wanted.Livemode));
        database.Add(key);
        await database.SaveChangesAsync(cancellationToken);
        return new CreatedApiKey(key, secret);
    }

    /// <summary>Revokes a key for good. Revoking again keeps the first time.</summary>
    /// <exception cref="ApiError">There is no such key.</exception>
    public async Task<ApiKey> RevokeAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        await using var database = contexts.Lease(null);
        var keys = database.ApiKeys.IgnoreQueryFilters().Where(key => key.Id == id);
        await keys.Where(key => key.RevokedAt == null).ExecuteUpdateAsync(
            key => key.SetProperty(k => k.RevokedAt, now), cancellationToken);
        return await keys.SingleOrDefaultAsync(cancellationToken)
            ?? throw ApiError.NotFound($"key: {id}");
    }

    private static void RequireValid(NewApiKey wanted, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(wanted.Name) || wanted.Name.Trim().Length > 100)
            throw ApiError.Validation("name", "Give a name of 1 to 100 characters.");
        if (wanted.Scopes.Count == 0)
            throw ApiError.Validation("scopes", "Give at least one scope.");
        if (wanted.ExpiresAt <= now)
            throw ApiError.Validation("expires_at", "The key must expire in the future.");
    }
}
