using System.Globalization;
using Npgsql;

namespace Equaticket.Host.Tests.PublicListing;

/// <summary>When a page of the public listing comes from memory, and when it is read from the database.</summary>
public sealed class KeptListingTests(ListingHosts hosts) : IClassFixture<ListingHosts>, IAsyncLifetime
{
    private const string CacheControl = "Cache-Control";

    private static readonly HashSet<string> IgnoredHeaders =
        new(StringComparer.OrdinalIgnoreCase) { "X-Request-Id", "Date" };

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(1);

    private TestOrganization _org = null!;
    private string _eventId = "";

    private string List => $"?org_slug={_org.Slug}";

    private string One => $"/open{List}";

    public async Task InitializeAsync()
    {
        _org = await hosts.First.CreateOrganizationAsync();
        _eventId = await _org.Live.CreatePublishedEventAsync("Open");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_cached_page_takes_no_statement_and_is_the_same_response()
    {
        foreach (var rest in (string[])[List, One])
        {
            var read = (await ListingHosts.ReadAsync(hosts.Deaf, rest)).Response;
            await hosts.KeepAsync(rest);
            var kept = (await ListingHosts.ReadAsync(hosts.First, rest)).Response;
            Assert.Equal((read.Status, read.ContentType, read.Body), (kept.Status, kept.ContentType, kept.Body));
            Assert.Equal(Headers(read), Headers(kept));
            Assert.NotEqual(read.Header("X-Request-Id"), kept.Header("X-Request-Id"));
            Assert.Equal("public, max-age=15", kept.Header(CacheControl));
        }
    }

    [Fact]
    public async Task Every_spelling_of_a_query_string_is_the_same_page()
    {
        await hosts.KeepAsync($"{List}&limit=7&starts_after=2001-01-01T00:00:00Z");
        foreach (var rest in (string[])
            [$"?limit=7&starts_after=2001-01-01T00:00:00Z&org_slug={_org.Slug}",
                $"?limit=%37&starts_after=2001-01-01T00%3A00%3A00Z&org_slug={_org.Slug}"])
            Assert.Equal(0, (await ListingHosts.ReadAsync(hosts.First, rest)).Statements);
        Assert.NotEqual(0, (await ListingHosts.ReadAsync(hosts.First, $"{List}&limit=8")).Statements);
    }

    [Fact]
    public async Task No_spelling_of_a_path_finds_another_page()
    {
        await hosts.KeepAsync(List);
        Assert.Equal(404, (await ListingHosts.ReadAsync(hosts.First, $"/%0A%0A%0A{List}")).Response.Status);
        Assert.Equal(404, (await ListingHosts.ReadAsync(hosts.First, $"/%0A%0A%0A%0A{List}")).Response.Status);
    }

    [Fact]
    public async Task An_error_is_never_cached()
    {
        for (var time = 0; time < 2; time++)
        {
            foreach (var rest in (string[])["?org_slug=nobody", $"/none{List}"])
            {
                var (response, statements) = await ListingHosts.ReadAsync(hosts.First, rest);
                Assert.Equal(404, response.Status);
                Assert.Equal(response.Header("X-Request-Id"), (string?)response.Json!["error"]!["request_id"]);
                Assert.NotEqual(0, statements);
            }
        }
    }

    [Fact]
    public async Task A_host_without_notifications_reads_every_page()
    {
        for (var time = 0; time < 3; time++)
            Assert.NotEqual(0, (await ListingHosts.ReadAsync(hosts.Deaf, List)).Statements);
    }

    [Fact]
    public async Task After_its_connection_breaks_a_host_shows_the_changes_it_missed()
    {
        await hosts.KeepAsync(List);
        await hosts.First.QuerySqlAsync<bool>(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            + "AND application_name = 'equaticket listener'");
        await hosts.First.ExecuteSqlAsync(
            "UPDATE events SET title = 'Missed' WHERE id = $1", Guid.Parse(_eventId));
        foreach (var host in hosts.Hearing)
            await Poll.UntilAsync(async () => await TitleAsync(host) == "Missed", Bound);
        foreach (var host in hosts.Hearing)
        {
            await Poll.UntilAsync(
                async () => (await ListingHosts.ReadAsync(host, List)).Statements == 0);
        }
    }

    [Fact]
    public async Task Concurrent_requests_for_the_same_page_read_it_once()
    {
        await hosts.KeepAsync($"{List}&limit=3");
        var alone = (await ListingHosts.ReadAsync(hosts.First, $"{List}&limit=4")).Statements;
        var crowd = await WhileLockedAsync("ticket_types", async () =>
        {
            var reads = Enumerable.Range(0, 50)
                .Select(_ => ListingHosts.ReadAsync(hosts.First, List)).ToList();
            await IsWaitingAsync();
            return reads;
        });
        var pages = await Task.WhenAll(crowd);
        Assert.Equal(alone, pages.Sum(page => page.Statements));
        Assert.Single(pages.Select(page => page.Response.Body).Distinct());
    }

    [Fact]
    public async Task A_page_that_was_read_before_a_change_is_not_cached_after_it()
    {
        await hosts.KeepAsync($"{List}&limit=3");
        var slow = await WhileLockedAsync("ticket_types", async () =>
        {
            var read = new[] { ListingHosts.ReadAsync(hosts.First, List) };
            await IsWaitingAsync();
            await hosts.First.ExecuteSqlAsync(
                "UPDATE events SET title = 'Later' WHERE id = $1", Guid.Parse(_eventId));
            return read;
        });
        await slow[0];
        await Poll.UntilAsync(async () => await TitleAsync(hosts.First) == "Later", Bound);
    }

    [Fact]
    public async Task A_status_changes_on_time_and_no_cache_delays_it()
    {
        var end = TimeProvider.System.GetUtcNow().AddSeconds(3);
        await _org.Live.PatchAsync(await TypePathAsync(), new { sales_end_at = end });
        Assert.Equal("on_sale", await StatusAsync());
        await Poll.UntilAsync(
            async () => (await ListingHosts.ReadAsync(hosts.First, List)).Statements == 0, Bound);
        var kept = (await ListingHosts.ReadAsync(hosts.First, List)).Response.Header(CacheControl)!;
        var age = int.Parse(kept.Split('=')[1], CultureInfo.InvariantCulture);
        Assert.InRange(age, 0, 3);

        await Poll.UntilAsync(
            async () => await StatusAsync() == "ended", end + Bound - TimeProvider.System.GetUtcNow());
        Assert.True(TimeProvider.System.GetUtcNow() >= end);
        Assert.Equal(
            "public, max-age=15", (await ListingHosts.ReadAsync(hosts.First, List)).Response.Header(CacheControl));
    }

    private static IEnumerable<(string, string)> Headers(ApiResponse response) => response.Headers
        .Where(header => !IgnoredHeaders.Contains(header.Key)
            && !header.Key.StartsWith("RateLimit-", StringComparison.Ordinal))
        .Select(header => (header.Key, header.Value)).Order();

    private async Task<string?> StatusAsync() => (string?)(await ListingHosts.ReadAsync(hosts.First, List))
        .Response.Json!["data"]![0]!["ticket_types"]![0]!["status"];

    private async Task<string?> TitleAsync(TestHost host) =>
        (string?)(await ListingHosts.ReadAsync(host, List)).Response.Json!["data"]![0]!["title"];

    private async Task<string> TypePathAsync()
    {
        var path = $"/api/v1/events/{_eventId}/ticket-types";
        return $"{path}/{(await _org.Live.GetAsync(path)).Json!["data"]![0]!["id"]}";
    }

    private async Task<T> WhileLockedAsync<T>(string table, Func<Task<T>> act)
    {
        await using var connection = new NpgsqlConnection(hosts.First.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var block = new NpgsqlCommand($"LOCK TABLE {table}", connection);
        await block.ExecuteNonQueryAsync();
        return await act();
    }

    private Task IsWaitingAsync() => Poll.UntilAsync(
        async () => (await hosts.First.QuerySqlAsync<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            + "AND wait_event_type = 'Lock'"))[0] > 0);
}
