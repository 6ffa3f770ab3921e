using Equaticket.Engine.Fields;
using Equaticket.Persistence.Partitions;
using Equaticket.Schema.Execution;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Statistics;

/// <summary>The tickets sold and checked in on a day.</summary>
/// <param name="Day">The start of the day, in UTC.</param>
/// <param name="Sold">The tickets of orders confirmed on the day, including those refunded since.</param>
/// <param name="CheckedIn">The accepted scans of the day, including those undone since.</param>
public sealed record DailyTickets(DateTimeOffset Day, int Sold, int CheckedIn)
{
    /// <remarks>
    /// One statement of two index scans that read only the given days. Scans have no index by time, but their
    /// primary key starts with it.
    /// </remarks>
    internal static async Task<IReadOnlyList<DailyTickets>> ReadAsync(
        OperationContext operation, int days, CancellationToken cancellationToken)
    {
        var period = new DayPeriod(operation.Stamps.Now(), days);
        var (tenant, start, firstId) = (operation.Tenant, period.Start, PartitionedTable.FirstIdAt(period.Start));
        var counts = await operation.Database.Database.SqlQuery<DailyTickets>(
            $"""
            SELECT day, sum(sold)::int AS sold, sum(checked_in)::int AS checked_in
            FROM (
                SELECT date_trunc('day', created_at, 'UTC') AS day, count(*) AS sold, 0 AS checked_in
                FROM attendees
                WHERE organization_id = {tenant.OrganizationId} AND livemode = {tenant.Livemode}
                    AND created_at >= {start}
                GROUP BY 1
                UNION ALL
                SELECT date_trunc('day', created_at, 'UTC'), 0, count(*)
                FROM scans
                WHERE organization_id = {tenant.OrganizationId} AND id >= {firstId}
                    AND livemode = {tenant.Livemode} AND created_at >= {start} AND outcome = 'accepted'
                GROUP BY 1) AS counted
            GROUP BY day
            """).ToListAsync(cancellationToken);
        return period.Fill(counts, row => row.Day, day => new DailyTickets(day, 0, 0));
    }
}

public sealed class DailyTicketsGraphType : ObjectGraphType<DailyTickets>
{
    public DailyTicketsGraphType()
    {
        Name = "DailyTickets";
        Description = "The tickets sold and checked in on a day, in UTC.";
        this.Leaf("day", "The start of the day, in UTC.", row => row.Day);
        this.Leaf("sold",
            "The number of tickets whose orders were confirmed on the day, including tickets refunded since.",
            row => row.Sold);
        this.Leaf("checkedIn", "The number of accepted scans on the day, including those undone since.",
            row => row.CheckedIn);
    }
}
