using Equaticket.Engine.Errors;
using Equaticket.Schema.Execution;
using Microsoft.Extensions.Options;

namespace Equaticket.Host.GraphQL;

/// <summary>Rejects operations that cost too much before they execute, and reports the cost in responses.</summary>
internal sealed class CostLimit(IOptions<GraphQLOptions> options)
{
    /// <summary>Requests the cost without the result (<c>validate</c>), or with it (<c>report</c>).</summary>
    public const string Header = "GraphQL-Cost";

    /// <summary>
    /// The cost limit of introspection. It reads no data, so a low operation limit must not
    /// block tools. Their introspection query costs about a third of this.
    /// </summary>
    private const int MaxIntrospectionCost = 25_000;

    private const string Validate = "validate";
    private const string Report = "report";

    /// <exception cref="ApiError">The operation costs too much.</exception>
    public void Check(HttpContext http, PreparedOperation prepared, OperationRequest request)
    {
        var cost = prepared.Cost(request.Variables);
        var limit = prepared.Operation.IsIntrospection ? MaxIntrospectionCost : options.Value.MaxCost;
        http.Features.Set(new RequestedCost(cost.Rounded, limit));
        if (cost.Refusal(limit) is { } refusal)
            throw refusal;
    }

    /// <exception cref="ApiError">The header has another value.</exception>
    public static bool IsValidation(HttpRequest request) =>
        (string?)request.Headers[Header] switch
        {
            null or Report => false,
            Validate => true,
            _ => throw ApiError.Validation(Header, $"Send {Report} or {Validate}."),
        };
}

/// <summary>The cost of the request, and its limit.</summary>
internal sealed record RequestedCost(long Requested, int Limit);
