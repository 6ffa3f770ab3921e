using Equaticket.Engine.Cost;
using Equaticket.Engine.Fields;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Schema.Execution;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.ApiKeys;

/// <summary>Fields that help users decide whether to revoke a key.</summary>
internal static class ApiKeyUseFields
{
    private const int RecentUseWeight = 100;

    public static void AddUse(this ObjectGraphType<ApiKeyRow> type)
    {
        type.Field<NonNullGraphType<BooleanGraphType>>("isActive")
            .Description("Whether the key works: it has neither expired nor been revoked.")
            .Resolve(c => c.Source.Key.RevokedAt is null
                && !(c.Source.Key.ExpiresAt <= OperationContext.Of(c).Stamps.Now()));
        type.Field<NonNullGraphType<ApiKeyRecentUseGraphType>>("recentUse")
            .Description("The use of the key in the last hour.")
            .ResolveAsync(async c => await ApiKeyRecentUse.ReadAsync(
                OperationContext.Of(c), c.Source.Key, c.CancellationToken))
            .FieldType.HasCost(RecentUseWeight);
        type.Field<StringGraphType>("lastAddress")
            .Description("The IP address that last used the key; null if it was never used.")
            .Resolve(c => ApiKeyLoaders.LastUse(c, c.Source.Id, use => use?.Address));
        type.Field<StringGraphType>("lastUserAgent")
            .Description("The `User-Agent` header of the last request with the key; null if there was none.")
            .Resolve(c => ApiKeyLoaders.LastUse(c, c.Source.Id, use => use?.UserAgent));
        type.Field<StringGraphType>("createdBy")
            .Description("The email address of the user who created the key; null if it was an operator.")
            .Resolve(c => ApiKeyLoaders.Maker(c, c.Source.Key.CreatedById));
        type.Field<NonNullGraphType<ListGraphType<NonNullGraphType<ApiKeyScopeUseGraphType>>>>("scopeUses")
            .Description("How much the key used each of its scopes in the last 90 days, so that you can create "
                + "the next key without those that it never used.")
            .Resolve(c => ApiKeyLoaders.ScopeUses(c, c.Source.Key));
    }
}

/// <summary>The use of a key in the last hour.</summary>
/// <param name="Requests">The number of requests.</param>
/// <param name="Errors">The number of failed requests.</param>
/// <param name="LastPath">The method and path of the last request; null if there was none.</param>
public sealed record ApiKeyRecentUse(int Requests, int Errors, string? LastPath)
{
    internal static async Task<ApiKeyRecentUse> ReadAsync(
        OperationContext operation, ApiKey key, CancellationToken cancellationToken)
    {
        var since = operation.Stamps.Now() - TimeSpan.FromHours(1);
        var requests = operation.Database.ApiRequests
            .Where(request => request.Livemode == key.Livemode && request.ApiKeyId == key.Id
                && request.CreatedAt >= since);
        var counts = await requests.GroupBy(_ => 1)
            .Select(all => new { Requests = all.Count(), Errors = all.Count(request => request.Status >= 400) })
            .SingleOrDefaultAsync(cancellationToken);
        var last = await requests.OrderByDescending(request => request.CreatedAt)
            .Select(request => request.Method + " " + request.Path).FirstOrDefaultAsync(cancellationToken);
        return new ApiKeyRecentUse(counts?.Requests ?? 0, counts?.Errors ?? 0, last);
    }
}

public sealed class ApiKeyRecentUseGraphType : ObjectGraphType<ApiKeyRecentUse>
{
    public ApiKeyRecentUseGraphType()
    {
        Name = "ApiKeyRecentUse";
        Description = "The use of an API key in the last hour, accurate to a few seconds.";
        this.Leaf("requests",
            "The number of requests made with the key, including rejected ones.",
            row => row.Requests);
        this.Leaf("errors", "The number of requests that failed.", row => row.Errors);
        this.OptionalLeaf("lastPath",
            "The method and path of the most recent request; null if there was none.",
            row => row.LastPath);
    }
}

/// <summary>The use of one scope of a key.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Requests">The number of requests in the last 90 days.</param>
/// <param name="LastUsedAt">Null if the scope was not used in the last 90 days.</param>
public sealed record ScopeUse(Scope Scope, long Requests, DateTimeOffset? LastUsedAt);

public sealed class ApiKeyScopeUseGraphType : ObjectGraphType<ScopeUse>
{
    public ApiKeyScopeUseGraphType()
    {
        Name = "ApiKeyScopeUse";
        Description = "The use of one scope of an API key.";
        this.Leaf("scope", "The scope.", row => row.Scope);
        this.Leaf("requests",
            "The number of requests in the last 90 days whose operation required the scope.",
            row => (int)Math.Min(row.Requests, int.MaxValue));
        this.OptionalLeaf("lastUsedAt",
            "When the scope was last used; null if not in the last 90 days.",
            row => row.LastUsedAt);
    }
}
