using Equaticket.Engine.Cost;
using Equaticket.Engine.Fields;
using Equaticket.Engine.Paging;
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
        this.Leaf("id", "The unique identifier of the log entry.", request => request.Id);
        this.Leaf("apiKeyId", "The ID of the API key that was used.", request => request.ApiKeyId);
        this.Leaf("mode", "Whether the request accessed live or test data.",
            request => request.Livemode ? Mode.Live : Mode.Test);
        this.Leaf("requestId", "The `X-Request-Id` of the response.", request => request.RequestId);
        AddRequest();
        AddAnswer();
        AddWrites();
    }

    private void AddRequest()
    {
        this.Leaf("method", "The HTTP method.", request => request.Method);
        this.Leaf("path", "The path, including IDs but without the query string.", request => request.Path);
        this.OptionalLeaf("route",
            "The route, with parameter names in place of IDs; null if the path is not a route.",
            request => request.Route);
        this.OptionalLeaf("idempotencyKey",
            "The `Idempotency-Key` header of the request; null if there was none.",
            request => request.IdempotencyKey);
        this.Leaf("isReplay",
            "Whether the response was that of an earlier request with the same idempotency key.",
            request => request.IsReplay);
        this.OptionalLeaf("address", "The IP address of the client.", request => request.Address);
        this.OptionalLeaf("userAgent", "The `User-Agent` header of the request.", request => request.UserAgent);
        this.Leaf("createdAt", "When the request was received.", request => request.CreatedAt);
    }

    private void AddAnswer()
    {
        this.Leaf("status",
            "The HTTP status of the response; 499 if the client disconnected before a response and nothing was "
                + "changed.",
            request => request.Status);
        this.OptionalLeaf("errorCode", "The error code; null if the request succeeded.", request => request.ErrorCode);
        this.OptionalLeaf("errorParam",
            "The parameter that the error is about; null if there is none.",
            request => request.ErrorParam);
        this.Leaf("durationMs", "The duration in milliseconds.", request => request.DurationMs);
    }

    private void AddWrites() =>
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<RequestWriteGraphType>>>>("writes")
            .Description("The resources that the request created, changed, or deleted, in that order; at most 100. "
                + "Counts and totals that change with them are not listed.")
            .ResolveFrom(request => RequestWrite.Read(request.Writes))
            .FieldType.HasListSize(RequestTrace.MaxWrites);
}

public sealed class RequestWriteGraphType : ObjectGraphType<RequestWrite>
{
    public RequestWriteGraphType()
    {
        Name = "RequestWrite";
        Description = "A resource that a request wrote.";
        this.Leaf("kind", "What the request did to the resource.", write => write.Kind);
        this.Leaf("type", "The type of the resource.", write => write.Type);
        this.Leaf("id", "The ID of the resource.", write => write.Id);
    }
}
