using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence;
using Equaticket.Persistence.Activity;
using Equaticket.Schema.Organizations;
using Equaticket.Schema.Reading;
using GraphQL.Types;

namespace Equaticket.Schema.Activity;

/// <summary>Filters a list of requests; all given conditions must match.</summary>
public sealed record ApiRequestFilter
{
    public Guid? ApiKeyId { get; init; }

    /// <summary>The first digit of the status: 2, 3, 4 or 5.</summary>
    public int? StatusClass { get; init; }

    public int? Status { get; init; }

    public Mode? Mode { get; init; }

    public string? Method { get; init; }

    public string? Route { get; init; }

    public string? IdempotencyKey { get; init; }

    public string? Path { get; init; }

    public string? RequestId { get; init; }

    public DateTimeOffset? CreatedAfter { get; init; }

    public DateTimeOffset? CreatedBefore { get; init; }

    /// <param name="all">All requests of the tenant.</param>
    public ListedRows<ApiRequest> Apply(IQueryable<ApiRequest> all)
    {
        var requests = new ListedRows<ApiRequest>([.. Modes().SelectMany(mode => OfMode(all, mode))]);
        if (ApiKeyId is { } keyId)
            requests = requests.Where(r => r.ApiKeyId == keyId);
        if (StatusClass is { } digit)
            requests = requests.Where(r => r.Status / 100 == digit);
        if (Status is { } status)
            requests = requests.Where(r => r.Status / 100 == status / 100 && r.Status == status);
        if (Method is { } method)
            requests = requests.Where(r => r.Method == method);
        if (IdempotencyKey is { } key)
            requests = requests.Where(r => r.IdempotencyKey == key);
        if (Path is { } path)
            requests = requests.Where(r => r.Path == path);
        if (RequestId is { } requestId)
            requests = requests.Where(r => r.RequestId == requestId);
        return requests.CreatedWithin(CreatedAfter, CreatedBefore);
    }

    private IEnumerable<bool> Modes() =>
        Mode is { } mode ? [mode == Organizations.Mode.Live] : [true, false];

    /// <summary>
    /// All indexes start with the mode. The one by route has no requests whose path is the route, because the one by
    /// path has them.
    /// </summary>
    private IEnumerable<IQueryable<ApiRequest>> OfMode(IQueryable<ApiRequest> all, bool livemode)
    {
        var requests = all.Where(r => r.Livemode == livemode).PlanForValues();
        return Route is { } route
            ?
            [
                requests.Where(r => r.Path == route && r.Route == route),
                requests.Where(r => r.Route == route && r.Route != null && r.Route != r.Path),
            ]
            : [requests];
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
        this.Add<IntGraphType>("status", "Only requests with exactly this response status.")
            .HasRange(100, 599);
        this.Add<WireEnumGraphType<Mode>>("mode", "Only requests that accessed live or test data.");
        this.Add<StringGraphType>("method", "Only requests with this HTTP method, in uppercase.");
        this.Add<StringGraphType>("route", "Only requests to this route, such as `/api/v1/events/{id}`.");
        this.Add<StringGraphType>("idempotencyKey", "Only requests with this `Idempotency-Key`.");
        this.Add<StringGraphType>("path", "Only requests to exactly this path.");
        this.Add<StringGraphType>("requestId", "Only the request with this `X-Request-Id`.");
        this.Add<UtcDateTimeGraphType>("createdAfter", "Only requests received at or after this time.");
        this.Add<UtcDateTimeGraphType>("createdBefore", "Only requests received before this time.");
    }
}
