using Equaticket.Engine.Scalars;
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
        Field<NonNullGraphType<StringGraphType>>("errorCode")
            .Description("The error code.").Resolve(c => c.Source.ErrorCode);
        Field<StringGraphType>("errorParam")
            .Description("The parameter that the error is about; null if there is none.")
            .Resolve(c => c.Source.ErrorParam);
        Field<NonNullGraphType<StringGraphType>>("method")
            .Description("The HTTP method.").Resolve(c => c.Source.Method);
        Field<StringGraphType>("route")
            .Description("The route, with parameter names in place of ids; null if the paths were not routes.")
            .Resolve(c => c.Source.Route);
        Field<NonNullGraphType<IntGraphType>>("count")
            .Description("The number of requests.").Resolve(c => c.Source.Count);
        Field<NonNullGraphType<UtcDateTimeGraphType>>("firstAt")
            .Description("When the first of the requests was received.").Resolve(c => c.Source.FirstAt);
        Field<NonNullGraphType<UtcDateTimeGraphType>>("lastAt")
            .Description("When the last of the requests was received.").Resolve(c => c.Source.LastAt);
        Field<NonNullGraphType<StringGraphType>>("exampleRequestId")
            .Description("The `X-Request-Id` of one of the responses.")
            .Resolve(c => c.Source.ExampleRequestId);
    }
}
