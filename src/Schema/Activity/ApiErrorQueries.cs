using System.ComponentModel;
using Equaticket.Engine.Cost;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Activity;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Organizations;
using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema;

public partial class Query
{
    private const int MaxErrorGroups = 50;

    [RequiresRole(Role.Admin), Costs(100)]
    [OutputType<NonNullGraphType<ListGraphType<NonNullGraphType<ApiErrorGroupGraphType>>>>]
    [Description("List the errors of API requests, grouped by error code, parameter, and route. Returns at most "
        + "50 groups, the most frequent first.")]
    public static async Task<List<ApiErrorGroup>> ApiErrorGroups(
        [InputType<WireEnumGraphType<Mode>>, Description("Whether to count requests on live or on test data.")]
        Mode? mode,
        [InputType<UtcDateTimeGraphType>]
        [Description("Only requests received at or after this time. Defaults to 24 hours ago.")]
        DateTimeOffset? createdAfter,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken)
    {
        var since = createdAfter ?? operation.Stamps.Now() - TimeSpan.FromDays(1);
        var requests = operation.Database.ApiRequests
            .Where(request => request.ErrorCode != null && request.CreatedAt >= since);
        if (mode is { } wanted)
            requests = requests.Where(request => request.Livemode == (wanted == Mode.Live));
        return await requests
            .GroupBy(request => new { request.ErrorCode, request.ErrorParam, request.Method, request.Route })
            .OrderByDescending(all => all.Count())
            .Take(MaxErrorGroups)
            .Select(all => new ApiErrorGroup(
                all.Key.ErrorCode!, all.Key.ErrorParam, all.Key.Method, all.Key.Route, all.Count(),
                all.Min(request => request.CreatedAt), all.Max(request => request.CreatedAt),
                all.Max(request => request.RequestId)!))
            .ToListAsync(cancellationToken);
    }
}
