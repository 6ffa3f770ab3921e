using System.Text.Json.Nodes;

namespace Equaticket.RestFacade.Tests.Events;

public sealed class UpdatingEventsTests : ApiTest
{
    private string _path = "";
    private string _id = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var body = Seed.EventBody();
        body["description"] = "Text";
        body["venue_name"] = "Hall";
        body["ends_at"] = "2099-09-16T00:00:00Z";
        body["metadata"] = new { a = "1", b = "2" };
        _id = (await Org.Live.PostAsync("/api/v1/events", body)).AssertStatus(201).Id;
        _path = $"/api/v1/events/{_id}";
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("""{"title": "Test event", "metadata": {}}""")]
    public async Task A_patch_without_a_change_changes_nothing(string body)
    {
        var before = await Org.Live.GetAsync(_path);
        Assert.Equal(before.Body, (await Org.Live.PatchAsync(_path, body)).AssertStatus(200).Body);
        Assert.Equal(before.Body, (await Org.Live.GetAsync(_path)).Body);
    }

    [Fact]
    public async Task An_omitted_field_is_kept_null_clears_and_a_value_sets()
    {
        var before = (await Org.Live.GetAsync(_path)).Json!.AsObject();
        var after = (await Org.Live.PatchAsync(
                _path, """{"description": null, "venue_name": "Arena", "ends_at": null}"""))
            .AssertStatus(200).Json!.AsObject();
        before["description"] = null;
        before["ends_at"] = null;
        before["venue_name"] = "Arena";
        Assert.True((string)after["updated_at"]! != (string)before["updated_at"]!);
        before["updated_at"] = (string)after["updated_at"]!;
        Assert.Equal(before.ToJsonString(), after.ToJsonString());
    }

    [Theory]
    [InlineData("title")]
    [InlineData("slug")]
    [InlineData("timezone")]
    [InlineData("starts_at")]
    [InlineData("currency")]
    public async Task Required_fields_of_an_event_cannot_be_cleared(string name)
    {
        foreach (var value in new[] { null, "", " " })
        {
            var body = new JsonObject { [name] = value };
            (await Org.Live.PatchAsync(_path, body.ToJsonString()))
                .AssertRefused("validation_error", name);
        }
    }

    [Theory]
    [InlineData("""{"c": "3"}""", """{"a":"1","b":"2","c":"3"}""")]
    [InlineData("""{"a": "9"}""", """{"a":"9","b":"2"}""")]
    [InlineData("""{"a": null, "c": ""}""", """{"b":"2","c":""}""")]
    [InlineData("""{"nothing": null}""", """{"a":"1","b":"2"}""")]
    [InlineData("null", "{}")]
    public async Task Metadata_is_merged_and_a_null_value_removes_its_key(string given, string kept)
    {
        var response = await Org.Live.PatchAsync(_path, $$"""{"metadata": {{given}}}""");
        Assert.Equal(kept, response.AssertStatus(200).Json!["metadata"]!.ToJsonString());
        Assert.Equal(response.Body, (await Org.Live.GetAsync(_path)).Body);
    }

    [Fact]
    public async Task Metadata_has_at_most_50_pairs_after_the_merge()
    {
        var more = Enumerable.Range(0, 48).ToDictionary(n => $"key{n}", _ => (string?)"x");
        (await Org.Live.PatchAsync(_path, new { metadata = more })).AssertStatus(200);
        var oneMore = new Dictionary<string, string?> { ["c"] = "3" };
        (await Org.Live.PatchAsync(_path, new { metadata = oneMore }))
            .AssertRefused("validation_error", "metadata");
        oneMore["a"] = null;
        (await Org.Live.PatchAsync(_path, new { metadata = oneMore })).AssertStatus(200);
    }

    [Fact]
    public async Task The_end_must_be_after_the_start_whichever_of_them_changes()
    {
        (await Org.Live.PatchAsync(_path, new { ends_at = "2099-09-15T18:00:00Z" }))
            .AssertRefused("validation_error", "ends_at");
        (await Org.Live.PatchAsync(_path, new { starts_at = "2099-09-16T00:00:00Z" }))
            .AssertRefused("validation_error", "starts_at");
        var both = new { starts_at = "2099-10-01T00:00:00Z", ends_at = "2099-10-02T00:00:00Z" };
        (await Org.Live.PatchAsync(_path, both)).AssertStatus(200);
    }

    [Fact]
    public async Task The_currency_is_fixed_once_there_is_a_ticket_type()
    {
        (await Org.Live.PatchAsync(_path, new { currency = "eur" })).AssertStatus(200);
        (await Org.Live.PatchAsync(_path, new { currency = "usd" })).AssertStatus(200);
        var ticketType = await Org.Live.CreateTicketTypeAsync(_id);
        (await Org.Live.PatchAsync(_path, new { currency = "eur" }))
            .AssertRefused("conflict", "currency");
        (await Org.Live.PatchAsync(_path, new { currency = "usd", title = "T" })).AssertStatus(200);
        await Org.Live.DeleteAsync($"{_path}/ticket-types/{ticketType}");
        (await Org.Live.PatchAsync(_path, new { currency = "eur" })).AssertStatus(200);
    }

    [Theory]
    [InlineData("2099-09-15T18:00:00Z", 5, 200)]
    [InlineData("2019-09-15T18:00:00Z", 0, 200)]
    [InlineData("2019-09-15T18:00:00Z", 1, 409)]
    public async Task The_start_is_fixed_once_the_event_has_started_and_sold_tickets(
        string start, int sold, int status)
    {
        var ticketType = await Org.Live.CreateTicketTypeAsync(_id);
        await Org.Live.PatchAsync(_path, new { starts_at = start });
        await Host.ExecuteSqlAsync(
            "UPDATE ticket_types SET quantity_sold = $1 WHERE id = $2", sold, Guid.Parse(ticketType));

        var moved = await Org.Live.PatchAsync(_path, new { starts_at = "2099-01-01T00:00:00Z" });
        moved.AssertStatus(status);
        if (status == 409)
            moved.AssertRefused("conflict", "starts_at");
        (await Org.Live.PatchAsync(_path, new { starts_at = moved.Text("starts_at") ?? start }))
            .AssertStatus(200);
    }

    [Fact]
    public async Task Another_mode_or_organization_does_not_see_the_change()
    {
        var other = await Host.CreateOrganizationAsync();
        foreach (var client in new[] { Org.Test, other.Live, other.Test })
            (await client.PatchAsync(_path, new { title = "Mine" })).AssertRefused("not_found");
        Assert.Equal("Test event", (await Org.Live.GetAsync(_path)).Text("title"));
    }
}
