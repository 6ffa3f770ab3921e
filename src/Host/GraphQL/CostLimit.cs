using Equaticket.Engine.Errors;
using Equaticket.Schema.Execution;
using Microsoft.Extensions.Options;

namespace Equaticket.Host.GraphQL;

/// <summary>Refuses what costs too much, before it is executed, and lets answers tell their cost.</summary>
internal sealed class CostLimit(IOptions<GraphQLOptions> options)
{
    /// <summary>Asks for the cost alone (<c>validate</c>); it is told in any case (<c>report</c>).</summary>
    public const string Header = "GraphQL-Cost";

    /// <summary>
    /// The most that the schema's description may cost. It reads no data, so a lower limit for that must not
    /// keep tools from it: their query costs about a third.
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

    /// <exception cref="ApiError">The header says something else.</exception>
    public static bool IsValidation(HttpRequest request) =>
        (string?)request.Headers[Header] switch
        {
            null or Report => false,
            Validate => true,
            _ => throw ApiError.Validation(Header, $"Send {Report} or {Validate}."),
        };
}

/// <summary>What the request costs, and the most that it may.</summary>
internal sealed record RequestedCost(long Requested, int Limit);
