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
        Description = "A request that was made with an API key, refused ones included. Kept for 30 days.";
        Field<NonNullGraphType<IdGraphType>>("id")
            .Description("The id of this entry.")
            .Resolve(c => c.Source.Id);
        Field<NonNullGraphType<IdGraphType>>("apiKeyId")
            .Description("The key that was used.")
            .Resolve(c => c.Source.ApiKeyId);
        Field<NonNullGraphType<WireEnumGraphType<Mode>>>("mode")
            .Description("On whose data it worked.")
            .Resolve(c => c.Source.Livemode ? Mode.Live : Mode.Test);
        Field<NonNullGraphType<StringGraphType>>("requestId")
            .Description("The `X-Request-Id` of the answer.")
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
            .Description("The path, with the ids in it and without the query string.")
            .Resolve(c => c.Source.Path);
        Field<StringGraphType>("address")
            .Description("The address that it came from.")
            .Resolve(c => c.Source.Address);
        Field<StringGraphType>("userAgent")
            .Description("What the caller said it was.")
            .Resolve(c => c.Source.UserAgent);
        Field<NonNullGraphType<DateTimeGraphType>>("createdAt")
            .Description("When it came in.")
            .Resolve(c => c.Source.CreatedAt);
    }

    private void AddAnswer()
    {
        Field<NonNullGraphType<IntGraphType>>("status")
            .Description("The HTTP status of the answer; 499 when the caller hung up before there was one, and "
                + "nothing was done.")
            .Resolve(c => c.Source.Status);
        Field<StringGraphType>("errorCode")
            .Description("The code of the error; null for a success.")
            .Resolve(c => c.Source.ErrorCode);
        Field<NonNullGraphType<IntGraphType>>("durationMs")
            .Description("How long it took, in milliseconds.")
            .Resolve(c => c.Source.DurationMs);
    }
}
