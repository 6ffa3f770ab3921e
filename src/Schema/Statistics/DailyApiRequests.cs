using Equaticket.Engine.Fields;
using Equaticket.Persistence.Partitions;
using Equaticket.Schema.Execution;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Statistics;

/// <summary>The API requests of a day.</summary>
/// <param name="Day">The start of the day, in UTC.</param>
/// <param name="Requests">All requests, including rejected ones.</param>
/// <param name="Errors">The requests that failed.</param>
public sealed record DailyApiRequests(DateTimeOffset Day, int Requests, int Errors)
{
    /// <remarks>One statement of two index-only scans, over the partitions of the given days.</remarks>
    internal static async Task<IReadOnlyList<DailyApiRequests>> ReadAsync(
        OperationContext operation, int days, CancellationToken cancellationToken)
    {
        var period = new DayPeriod(operation.Stamps.Now(), days);
        var (tenant, start, firstId) = (operation.Tenant, period.Start, PartitionedTable.FirstIdAt(period.Start));
        var counts = await operation.Database.Database.SqlQuery<DailyApiRequests>(
            $"""
            SELECT day, sum(requests)::int AS requests, sum(errors)::int AS errors
            FROM (
                SELECT date_trunc('day', created_at, 'UTC') AS day, count(*) AS requests, 0 AS errors
                FROM api_requests
                WHERE organization_id = {tenant.OrganizationId} AND livemode = {tenant.Livemode}
                    AND created_at >= {start} AND id >= {firstId}
                GROUP BY 1
                UNION ALL
                SELECT date_trunc('day', created_at, 'UTC'), 0, count(*)
                FROM api_requests
                WHERE organization_id = {tenant.OrganizationId} AND livemode = {tenant.Livemode}
                    AND created_at >= {start} AND id >= {firstId} AND error_code IS NOT NULL
                GROUP BY 1) AS counted
            GROUP BY day
            """).ToListAsync(cancellationToken);
        return period.Fill(counts, row => row.Day, day => new DailyApiRequests(day, 0, 0));
    }
}

public sealed class DailyApiRequestsGraphType : ObjectGraphType<DailyApiRequests>
{
    public DailyApiRequestsGraphType()
    {
        Name = "DailyApiRequests";
        Description = "The requests made with your API keys on a day, in UTC.";
        this.Leaf("day", "The start of the day, in UTC.", row => row.Day);
        this.Leaf("requests", "The number of requests, including rejected ones.", row => row.Requests);
        this.Leaf("errors", "The number of requests that failed.", row => row.Errors);
    }
}
