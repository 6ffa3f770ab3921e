using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Activity;
using Equaticket.Schema.Reading;
using GraphQL.Types;

namespace Equaticket.Schema.Activity;

/// <summary>Filters a list of requests; all given conditions must match.</summary>
public sealed record ApiRequestFilter
{
    public Guid? ApiKeyId { get; init; }

    /// <summary>The first digit of the status: 2, 3, 4 or 5.</summary>
    public int? StatusClass { get; init; }

    public string? Path { get; init; }

    public string? RequestId { get; init; }

    public DateTimeOffset? CreatedAfter { get; init; }

    public DateTimeOffset? CreatedBefore { get; init; }

    /// <param name="all">All requests of the tenant.</param>
    public ListedRows<ApiRequest> Apply(IQueryable<ApiRequest> all)
    {
        var requests = new ListedRows<ApiRequest>(all);
        if (ApiKeyId is { } keyId)
            requests = requests.Where(r => r.ApiKeyId == keyId);
        if (StatusClass is { } digit)
            requests = requests.Where(r => r.Status / 100 == digit);
        if (Path is { } path)
            requests = requests.Where(r => r.Path == path);
        if (RequestId is { } requestId)
            requests = requests.Where(r => r.RequestId == requestId);
        if (CreatedAfter is { } createdAfter)
            requests = requests.Where(r => r.CreatedAt >= createdAfter);
        if (CreatedBefore is { } createdBefore)
            requests = requests.Where(r => r.CreatedAt < createdBefore);
        return requests;
    }
}

public sealed class ApiRequestFilterGraphType : InputObjectGraphType<ApiRequestFilter>
{
    public ApiRequestFilterGraphType()
    {
        Name = "ApiRequestFilter";
        Description = "Filters for a list of API requests. All given conditions must match.";
        this.Add<IdGraphType>("apiKeyId", "Only requests made with this key.");
        this.Add<IntGraphType>("statusClass", "The first digit of the HTTP status: 4 for 400 to 499.")
            .HasRange(2, 5);
        this.Add<StringGraphType>("path", "Only requests to exactly this path.");
        this.Add<StringGraphType>("requestId", "Only the request with this `X-Request-Id`.");
        this.Add<UtcDateTimeGraphType>("createdAfter", "Only requests received at or after this time.");
        this.Add<UtcDateTimeGraphType>("createdBefore", "Only requests received before this time.");
    }
}
