using Equaticket.Engine.Execution;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Reading;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.ApiKeys;

/// <summary>Reads data of many keys at once.</summary>
internal static class ApiKeyLoaders
{
    /// <summary>The keys of the organization, of both modes.</summary>
    public static RowSource<ApiKey, ApiKeyRow> Rows { get; } = new(
        nameof(ApiKey),
        row => row.Key,
        async (_, keys, token) => (await keys.ToListAsync(token)).ConvertAll(key => new ApiKeyRow(key)));

    public static IDataLoaderResult LastUse(IResolveFieldContext context, Guid keyId)
    {
        var operation = OperationContext.Of(context);
        return BatchLoaders.Of(context).Get<Guid, DateTimeOffset?>("Last use of keys", async (ids, token) =>
            await operation.Database.ApiKeyUses.Where(use => ids.Contains(use.ApiKeyId))
                .ToDictionaryAsync(
                    use => use.ApiKeyId, use => (DateTimeOffset?)use.LastUsedAt, token)).Load(keyId);
    }
}
