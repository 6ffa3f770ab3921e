using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.ApiKeys;

/// <summary>Reads what belongs to many keys at once.</summary>
internal static class ApiKeyLoaders
{
    public static IDataLoaderResult LastUse(IResolveFieldContext context, Guid keyId)
    {
        var operation = OperationContext.Of(context);
        return operation.Loader<Guid, DateTimeOffset?>("Last use of keys", async (ids, token) =>
            await operation.Database.ApiKeyUses.Where(use => ids.Contains(use.ApiKeyId))
                .ToDictionaryAsync(
                    use => use.ApiKeyId, use => (DateTimeOffset?)use.LastUsedAt, token)).Load(keyId);
    }
}
