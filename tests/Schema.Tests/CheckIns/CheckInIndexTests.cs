using Equaticket.Persistence.Team;

namespace Equaticket.Schema.Tests.CheckIns;

public sealed class CheckInIndexTests
{
    private const string Query = "query ($id: ID!) { checkInStats(eventId: $id) { total checkedIn } }";

    /// <remarks>By default, the planner scans the whole table, because it has only a few rows.</remarks>
    private const string ByIndex = "Options=-c enable_seqscan=off -c enable_bitmapscan=off";

    [Fact]
    public async Task Tickets_are_counted_by_an_index_only_scan()
    {
        await using var host = await TestHost.StartAsync(
            $"{await TestCluster.CreateMigratedDatabaseAsync()};{ByIndex}");
        var org = await host.CreateOrganizationAsync();
        var scanner = await org.SignInAsync(Role.CheckInOnly);
        var sold = await org.Live.SellAsync(host, count: 3);
        await Poll.UntilAsync(async () => await AllIsVisibleAsync(host));
        await host.ExecuteSqlAsync("SELECT pg_stat_reset()");
        (await scanner.GraphQLAsync(Query, new { id = sold.EventId })).Data();

        await Poll.UntilAsync(async () => await ReadAsync(host, "idx_tup_read") == 3);
        Assert.Equal(0, await ReadAsync(host, "idx_tup_fetch"));
    }

    /// <summary>
    /// Vacuums the table and checks that all of its pages are marked, which a job's open transaction can prevent.
    /// </summary>
    private static async Task<bool> AllIsVisibleAsync(TestHost host)
    {
        await host.ExecuteSqlAsync("VACUUM ANALYZE attendees");
        return (await host.QuerySqlAsync<bool>(
            """SELECT relallvisible = relpages AS "Value" FROM pg_class WHERE oid = 'attendees'::regclass""")).Single();
    }

    private static async Task<long> ReadAsync(TestHost host, string counter) =>
        (await host.QuerySqlAsync<long>(
            $"SELECT {counter} FROM pg_stat_user_indexes WHERE indexrelname = 'ix_attendees_type_page'"))
        .SingleOrDefault();
}
