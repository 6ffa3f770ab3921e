using System.Globalization;
using System.Text.RegularExpressions;
using Equaticket.Engine.Paging;
using Equaticket.Schema.Activity;
using Equaticket.Schema.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Persistence.Tests;

/// <summary>A page of the activity log is read from an index for each filter.</summary>
public sealed class ActivityIndexTests : PersistenceTest
{
    /// <summary>
    /// Of ten thousand requests, one has a unique path, one has another method, one has another route, and one failed.
    /// They fill the partitions of today and tomorrow too: PostgreSQL reads a partition with few rows, such as those of
    /// other tests, without its index.
    /// </summary>
    private const string Fill =
        """
        INSERT INTO api_requests (
            id, organization_id, livemode, api_key_id, request_id, method, path, route, status, duration_ms,
            created_at)
        SELECT (lpad(to_hex((extract(epoch FROM last - n * interval '1 minute') * 1000)::bigint), 12, '0') || '7'
                || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid,
            $1, false, gen_random_uuid(), 'req', CASE WHEN n = 55 THEN 'DELETE' ELSE 'GET' END,
            CASE WHEN n = 77 THEN '/rare' ELSE '/often' END,
            CASE n WHEN 77 THEN '/{name}' WHEN 78 THEN NULL ELSE '/often' END,
            CASE WHEN n = 99 THEN 503 ELSE 200 END, 1, last - n * interval '1 minute'
        FROM generate_series(1, 10000) AS n, date_trunc('day', now() + interval '2 days', 'UTC') AS last
        """;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await ExecuteAsync(Fill, Org.Organization.Id);
        await ExecuteAsync("ANALYZE api_requests");
    }

    [Theory]
    [InlineData("/rare", null, null, null)]
    [InlineData("/none", null, null, null)]
    [InlineData("/often", null, null, null)]
    [InlineData(null, 5, null, null)]
    [InlineData(null, 4, null, null)]
    [InlineData(null, 2, null, null)]
    [InlineData(null, null, "DELETE", null)]
    [InlineData(null, null, "PUT", null)]
    [InlineData(null, null, null, "/{name}")]
    [InlineData(null, null, null, "/{none}")]
    [InlineData(null, null, null, "/often")]
    public Task A_page_reads_no_more_rows_than_it_shows(
        string? path, int? statusClass, string? method, string? route) =>
        AssertReadsOnlyThePageAsync(new ApiRequestFilter
        {
            Path = path,
            StatusClass = statusClass,
            Method = method,
            Route = route,
        });

    [Theory]
    [InlineData(Mode.Live)]
    [InlineData(Mode.Test)]
    [InlineData(null)]
    public Task A_page_of_a_mode_reads_no_more_rows_than_it_shows(Mode? mode) =>
        AssertReadsOnlyThePageAsync(new ApiRequestFilter { Mode = mode });

    private async Task AssertReadsOnlyThePageAsync(ApiRequestFilter filter)
    {
        await using var database = Lease();
        await using var command = filter.Apply(database.ApiRequests)
            .Page(new PageRequest(25, IsBackward: false, After: null, Before: null)).CreateDbCommand();
        command.CommandText = $"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {command.CommandText}";
        await command.Connection!.OpenAsync();
        await using var reader = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await reader.ReadAsync())
            plan.Add(reader.GetString(0));
        Assert.DoesNotContain(plan, line => line.Contains("Rows Removed", StringComparison.Ordinal));
        Assert.All(
            Regex.Matches(string.Join('\n', plan), "(?<=actual rows=)[0-9]+"),
            read => Assert.InRange(int.Parse(read.Value, CultureInfo.InvariantCulture), 0, 26));
    }
}
