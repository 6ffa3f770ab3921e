using Equaticket.Engine.Execution;
using Equaticket.Persistence.Activity;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Reading;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.ApiKeys;

/// <summary>Reads data of many keys in one batch.</summary>
internal static class ApiKeyLoaders
{
    /// <summary>The keys of the organization, in both modes.</summary>
    public static RowSource<ApiKey, ApiKeyRow> Rows { get; } = new(
        nameof(ApiKey),
        row => row.Key,
        async (_, keys, token) => (await keys.ToListAsync(token)).ConvertAll(key => new ApiKeyRow(key)));

    /// <param name="context">The context of a field of a key.</param>
    /// <param name="keyId">The key.</param>
    /// <param name="show">Returns the field's value for the last use, which may be null.</param>
    public static IDataLoaderResult LastUse(
        IResolveFieldContext context, Guid keyId, Func<ApiKeyUse?, object?> show)
    {
        var operation = OperationContext.Of(context);
        return BatchLoaders.Of(context).Get<Guid, ApiKeyUse>("Last use of keys", async (ids, token) =>
            await operation.Database.ApiKeyUses.Where(use => ids.Contains(use.ApiKeyId))
                .ToDictionaryAsync(use => use.ApiKeyId, token)).Load(keyId, show);
    }

    /// <summary>The email address of the user who created a key.</summary>
    public static object? Maker(IResolveFieldContext context, Guid? userId)
    {
        var operation = OperationContext.Of(context);
        return userId is not { } id ? null : BatchLoaders.Of(context).Get<Guid, string>(
            "Creators of keys", async (ids, token) =>
                await operation.Database.Users.Where(user => ids.Contains(user.Id))
                    .ToDictionaryAsync(user => user.Id, user => user.Email, token)).Load(id);
    }

    /// <summary>How often a key recently used each of its scopes.</summary>
    public static IDataLoaderResult ScopeUses(IResolveFieldContext context, ApiKey key)
    {
        var operation = OperationContext.Of(context);
        var since = ApiKeyScopeUse.FirstDay(operation.Stamps.Now());
        return BatchLoaders.Of(context).Get<Guid, IReadOnlyDictionary<Scope, ScopeUse>>(
            "Scopes used by keys", async (ids, token) =>
            {
                var uses = await operation.Database.ApiKeyScopeUses
                    .Where(use => ids.Contains(use.ApiKeyId) && use.Day >= since)
                    .GroupBy(use => new { use.ApiKeyId, use.Scope })
                    .Select(all => new
                    {
                        all.Key,
                        Requests = all.Sum(use => use.Requests),
                        LastUsedAt = all.Max(use => use.LastUsedAt),
                    }).ToListAsync(token);
                return uses.GroupBy(use => use.Key.ApiKeyId).ToDictionary(
                    all => all.Key,
                    all => (IReadOnlyDictionary<Scope, ScopeUse>)all.ToDictionary(
                        use => use.Key.Scope,
                        use => new ScopeUse(use.Key.Scope, use.Requests, use.LastUsedAt)));
            }).Load(key.Id, uses => key.Scopes
                .Select(scope => uses?.GetValueOrDefault(scope) ?? new ScopeUse(scope, 0, null)).ToList());
    }
}
