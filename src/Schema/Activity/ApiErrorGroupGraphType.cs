using Equaticket.Engine.Fields;
using GraphQL.Types;

namespace Equaticket.Schema.Activity;

/// <summary>Requests that failed in the same way.</summary>
public sealed record ApiErrorGroup(
    string ErrorCode,
    string? ErrorParam,
    string Method,
    string? Route,
    int Count,
    DateTimeOffset FirstAt,
    DateTimeOffset LastAt,
    string ExampleRequestId);

public sealed class ApiErrorGroupGraphType : ObjectGraphType<ApiErrorGroup>
{
    public ApiErrorGroupGraphType()
    {
        Name = "ApiErrorGroup";
        Description = "API requests that failed in the same way.";
        this.Leaf("errorCode", "The error code.", row => row.ErrorCode);
        this.OptionalLeaf("errorParam",
            "The parameter that the error is about; null if there is none.",
            row => row.ErrorParam);
        this.Leaf("method", "The HTTP method.", row => row.Method);
        this.OptionalLeaf("route",
            "The route, with parameter names in place of IDs; null if the paths were not routes.",
            row => row.Route);
        this.Leaf("count", "The number of requests.", row => row.Count);
        this.Leaf("firstAt", "When the first of the requests was received.", row => row.FirstAt);
        this.Leaf("lastAt", "When the last of the requests was received.", row => row.LastAt);
        this.Leaf("exampleRequestId", "The `X-Request-Id` of one of the responses.", row => row.ExampleRequestId);
    }
}
