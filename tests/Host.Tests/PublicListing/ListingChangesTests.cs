namespace Equaticket.Host.Tests.PublicListing;

/// <summary>Each kind of write that changes the public listing is visible on every host within a second.</summary>
public sealed class ListingChangesTests(ListingHosts hosts) : IClassFixture<ListingHosts>, IAsyncLifetime
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<string, Func<ListingChangesTests, Task>> Writes = new()
    {
        ["event title"] = test => test.PatchEventAsync(new { title = "Changed" }),
        ["event slug"] = test => test.PatchEventAsync(new { slug = "changed" }),
        ["event description"] = test => test.PatchEventAsync(new { description = "Changed" }),
        ["event timezone"] = test => test.PatchEventAsync(new { timezone = "Europe/Oslo" }),
        ["event start"] = test => test.PatchEventAsync(new { starts_at = "2098-01-01T00:00:00Z" }),
        ["event end"] = test => test.PatchEventAsync(new { ends_at = "2099-12-01T00:00:00Z" }),
        ["event venue"] = test => test.PatchEventAsync(new { venue_name = "Hall", venue_address = "1 Main St" }),
        ["event cancelled"] = test => test.SendAsync("POST", $"{test.Event}/cancel"),
        ["event published"] = async test =>
        {
            var id = await test._org.Live.CreateEventAsync("Draft");
            await test._org.Live.CreateTicketTypeAsync(id);
            await test.SendAsync("POST", $"/api/v1/events/{id}/publish");
        },
        ["event changed by hand"] = test => test.SqlAsync("UPDATE events SET title = 'By hand' WHERE id = $1"),
        ["event cancelled by hand"] = test => test.SqlAsync(
            "UPDATE events SET status = 'cancelled', cancelled_at = now() WHERE id = $1"),
        ["event removed by hand"] = test => test.SqlAsync(
            "WITH removed AS (DELETE FROM ticket_types WHERE event_id = $1) DELETE FROM events WHERE id = $1"),
        ["ticket type created"] = test => test.SendAsync(
            "POST", $"{test.Event}/ticket-types", Seed.TicketTypeBody(price: 900)),
        ["ticket type name"] = test => test.PatchTypeAsync(new { name = "Changed" }),
        ["ticket type description"] = test => test.PatchTypeAsync(new { description = "Changed" }),
        ["ticket type price"] = test => test.PatchTypeAsync(new { price = 100 }),
        ["ticket type position"] = test => test.PatchTypeAsync(new { position = 7 }),
        ["ticket type not on sale yet"] = test => test.PatchTypeAsync(new { sales_start_at = "2090-01-01T00:00:00Z" }),
        ["ticket type no longer on sale"] = test => test.PatchTypeAsync(new { sales_end_at = "2001-01-01T00:00:00Z" }),
        ["ticket type deleted"] = test => test.SendAsync("DELETE", test.Type),
        ["last ticket sold"] = test => test.SellAsync(2),
    };

    private TestOrganization _org = null!;
    private string _eventId = "";
    private string _typeId = "";

    public static TheoryData<string> Names => new(Writes.Keys);

    private string Event => $"/api/v1/events/{_eventId}";

    private string Type => $"{Event}/ticket-types/{_typeId}";

    private string List => $"?org_slug={_org.Slug}";

    private string One => $"/open{List}";

    public async Task InitializeAsync()
    {
        _org = await hosts.First.CreateOrganizationAsync();
        _eventId = await _org.Live.CreateEventAsync("Open");
        _typeId = await _org.Live.CreateTicketTypeAsync(_eventId, price: 0, total: 2);
        await SendAsync("POST", $"{Event}/publish");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [MemberData(nameof(Names))]
    public Task A_write_is_visible_on_both_hosts_within_a_second(string write) =>
        AssertSeenAsync(() => Writes[write](this));

    [Fact]
    public async Task Tickets_that_are_on_sale_again_are_visible_on_both_hosts_within_a_second()
    {
        await SellAsync(2);
        await AssertSeenAsync(() => PatchTypeAsync(new { quantity_total = 3 }));
        await SellAsync(1);
        await AssertSeenAsync(() => SqlAsync("UPDATE ticket_types SET quantity_sold = 1 WHERE event_id = $1"));
    }

    [Fact]
    public async Task A_renamed_organization_is_found_only_by_its_new_slug_within_a_second()
    {
        await KeepAsync();
        var slug = $"{_org.Slug}-new";
        await hosts.First.ExecuteSqlAsync(
            "UPDATE organizations SET slug = $1 WHERE id = $2", slug, _org.Organization.Id);
        foreach (var host in hosts.Hearing)
        {
            await Poll.UntilAsync(
                async () => (await ListingHosts.ReadAsync(host, List)).Response.Status == 404, Bound);
            var listed = (await ListingHosts.ReadAsync(host, $"?org_slug={slug}")).Response;
            Assert.Equal(slug, (string?)listed.Json!["data"]![0]!["org_slug"]);
        }
    }

    [Fact]
    public async Task Sales_test_data_and_other_organizations_leave_a_page_in_the_cache()
    {
        await KeepAsync();
        await SellAsync(1);
        var id = await _org.Test.CreatePublishedEventAsync("Open");
        await _org.Test.PatchAsync($"/api/v1/events/{id}", new { title = "Changed" });
        var reset = await _org.Test.PostAsync("/api/settings/api-keys/reset-test-data");
        Assert.Equal(200, reset.Status);
        var other = await hosts.First.CreateOrganizationAsync();
        await other.Live.CreatePublishedEventAsync("Other");

        // Notifications arrive in order, so the earlier changes are handled by the time this one is.
        await hosts.KeepAsync($"?org_slug={other.Slug}");
        await other.Live.CreatePublishedEventAsync("Another");
        foreach (var host in hosts.Hearing)
        {
            await Poll.UntilAsync(
                async () => (await ListingHosts.ReadAsync(host, $"?org_slug={other.Slug}"))
                    .Response.Json!["data"]!.AsArray().Count == 2,
                Bound);
            Assert.Equal(0, (await ListingHosts.ReadAsync(host, List)).Statements);
        }
    }

    private static async Task<string> PageAsync(TestHost host, string rest)
    {
        var page = (await ListingHosts.ReadAsync(host, rest)).Response;
        return page.Status == 200 ? page.Header("ETag") + page.Body : $"{page.Status}";
    }

    private async Task AssertSeenAsync(Func<Task> write)
    {
        await KeepAsync();
        var before = await PageAsync(hosts.Deaf, List);
        await write();

        var (list, one) = (await PageAsync(hosts.Deaf, List), await PageAsync(hosts.Deaf, One));
        Assert.NotEqual(before, list);
        foreach (var host in hosts.Hearing)
        {
            await Poll.UntilAsync(
                async () => await PageAsync(host, List) == list && await PageAsync(host, One) == one, Bound);
        }
    }

    private async Task KeepAsync()
    {
        await hosts.KeepAsync(List);
        await hosts.KeepAsync(One);
    }

    private Task PatchEventAsync(object patch) => SendAsync("PATCH", Event, patch);

    private Task PatchTypeAsync(object patch) => SendAsync("PATCH", Type, patch);

    private Task SellAsync(int quantity) => hosts.First.SellAsync(
        _org.Live, _eventId, _typeId, (quantity, "Ada Lovelace", "ada@example.com"));

    private async Task SqlAsync(string sql) =>
        Assert.NotEqual(0, await hosts.First.ExecuteSqlAsync(sql, Guid.Parse(_eventId)));

    private async Task SendAsync(string method, string path, object? body = null)
    {
        var response = await _org.Live.SendAsync(new HttpMethod(method), path, body);
        Assert.True(response.Status < 300, response.Body);
    }
}
