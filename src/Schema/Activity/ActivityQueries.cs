using System.ComponentModel;
using Equaticket.Engine.Cost;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Input;
using Equaticket.Engine.Paging;
using Equaticket.Persistence.Activity;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Activity;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema;

public partial class Query
{
    [RequiresRole(Role.Admin), Paged]
    [OutputType<NonNullGraphType<ConnectionGraphType<ApiRequestGraphType, ApiRequest>>>]
    [Description("List API requests. Returns the requests made with any of your keys in the last 30 days, "
        + "newest first.")]
    public static Task<Connection<ApiRequest>> ApiRequests(
        [InputType<ApiRequestFilterGraphType>, Description("Which requests to return.")]
        ApiRequestFilter? filter,
        [FromPageArguments] PageRequest page,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        (filter ?? new ApiRequestFilter()).Apply(operation.Database.ApiRequests)
            .ToPageAsync(operation, page, cancellationToken);

    [RequiresRole(Role.Admin), Paged]
    [OutputType<NonNullGraphType<ConnectionGraphType<ApiRequestGraphType, ApiRequest>>>]
    [Description("List the requests of an API key. Returns those of the last 30 days, newest first. An "
        + "unknown key is `not_found`.")]
    public static async Task<Connection<ApiRequest>> ApiKeyActivity(
        [Id, Description("The ID of the key.")] Guid apiKeyId,
        [InputType<ApiRequestFilterGraphType>, Description("Which requests to return.")]
        ApiRequestFilter? filter,
        [FromPageArguments] PageRequest page,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken)
    {
        if (!await operation.Database.ApiKeys.AnyAsync(key => key.Id == apiKeyId, cancellationToken))
            throw ApiError.NotFound("API key");
        var wanted = (filter ?? new ApiRequestFilter()) with { ApiKeyId = apiKeyId };
        return await wanted.Apply(operation.Database.ApiRequests)
            .ToPageAsync(operation, page, cancellationToken);
    }

    [RequiresRole(Role.Admin), Costs(50), OutputType<NonNullGraphType<RequestTimelineGraphType>>]
    [Description("Get the timeline of a request: the call, what it wrote, the events it caused, and their "
        + "deliveries. Covers your mode. An unknown ID is `not_found`; a request appears "
        + "within a second of its response.")]
    public static async Task<RequestTimeline> RequestTimeline(
        [InputLength(1, ApiRequest.MaxRequestIdLength), Description("The `X-Request-Id` of the response.")]
        string requestId,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken)
    {
        var timeline = await Activity.RequestTimeline.ReadAsync(operation.Database, requestId, cancellationToken);
        return timeline.IsEmpty ? throw ApiError.NotFound("request") : timeline;
    }
}
