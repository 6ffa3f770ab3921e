using Equaticket.Engine.Paging;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Activity;
using Equaticket.Schema.Organizations;
using GraphQL.Types;

namespace Equaticket.Schema.Activity;

[LongLists]
public sealed class ApiRequestGraphType : ObjectGraphType<ApiRequest>
{
    public ApiRequestGraphType()
    {
        Name = "ApiRequest";
        Description = "A request made with an API key, including rejected requests. Kept for 30 days.";
        Field<NonNullGraphType<IdGraphType>>("id")
            .Description("The unique identifier of the log entry.")
            .Resolve(c => c.Source.Id);
        Field<NonNullGraphType<IdGraphType>>("apiKeyId")
            .Description("The id of the API key that was used.")
            .Resolve(c => c.Source.ApiKeyId);
        Field<NonNullGraphType<WireEnumGraphType<Mode>>>("mode")
            .Description("Whether the request accessed live or test data.")
            .Resolve(c => c.Source.Livemode ? Mode.Live : Mode.Test);
        Field<NonNullGraphType<StringGraphType>>("requestId")
            .Description("The `X-Request-Id` of the response.")
            .Resolve(c => c.Source.RequestId);
        AddRequest();
        AddAnswer();
    }

    private void AddRequest()
    {
        Field<NonNullGraphType<StringGraphType>>("method")
            .Description("The HTTP method.")
            .Resolve(c => c.Source.Method);
        Field<NonNullGraphType<StringGraphType>>("path")
            .Description("The path, including ids but without the query string.")
            .Resolve(c => c.Source.Path);
        Field<StringGraphType>("route")
            .Description("The route, with parameter names in place of ids; null if the path is not a route.")
            .Resolve(c => c.Source.Route);
        Field<StringGraphType>("idempotencyKey")
            .Description("The `Idempotency-Key` header of the request; null if there was none.")
            .Resolve(c => c.Source.IdempotencyKey);
        Field<NonNullGraphType<BooleanGraphType>>("isReplay")
            .Description("Whether the response was that of an earlier request with the same idempotency key.")
            .Resolve(c => c.Source.IsReplay);
        Field<StringGraphType>("address")
            .Description("The IP address of the client.")
            .Resolve(c => c.Source.Address);
        Field<StringGraphType>("userAgent")
            .Description("The `User-Agent` header of the request.")
            .Resolve(c => c.Source.UserAgent);
        Field<NonNullGraphType<UtcDateTimeGraphType>>("createdAt")
            .Description("When the request was received.")
            .Resolve(c => c.Source.CreatedAt);
    }

    private void AddAnswer()
    {
        Field<NonNullGraphType<IntGraphType>>("status")
            .Description("The HTTP status of the response; 499 if the client disconnected before a response and "
                + "nothing was changed.")
            .Resolve(c => c.Source.Status);
        Field<StringGraphType>("errorCode")
            .Description("The error code; null if the request succeeded.")
            .Resolve(c => c.Source.ErrorCode);
        Field<StringGraphType>("errorParam")
            .Description("The parameter that the error is about; null if there is none.")
            .Resolve(c => c.Source.ErrorParam);
        Field<NonNullGraphType<IntGraphType>>("durationMs")
            .Description("The duration in milliseconds.")
            .Resolve(c => c.Source.DurationMs);
    }
}
