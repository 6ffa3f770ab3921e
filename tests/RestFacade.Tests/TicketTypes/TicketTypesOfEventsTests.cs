namespace Equaticket.RestFacade.Tests.TicketTypes;

public sealed class TicketTypesOfEventsTests : ApiTest
{
    [Fact]
    public async Task A_ticket_type_is_found_only_under_its_event()
    {
        var mine = await Org.Live.CreateEventAsync();
        var other = await Org.Live.CreateEventAsync();
        var path = $"/api/v1/events/{other}/ticket-types/{await Org.Live.CreateTicketTypeAsync(mine)}";
        (await Org.Live.GetAsync(path)).AssertRefused("not_found");
        (await Org.Live.PatchAsync(path, new { name = "New" })).AssertRefused("not_found");
        (await Org.Live.DeleteAsync(path)).AssertRefused("not_found");
        Assert.Empty((await Org.Live.GetAsync($"/api/v1/events/{other}/ticket-types")).Column("id"));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("%20")]
    [InlineData("018f0000-0000-7000-8000-000000000000%20")]
    [InlineData("%7B018f0000-0000-7000-8000-000000000000%7D")]
    [InlineData("018f00000000700080000000000000000")]
    [InlineData("..%2F..%2Fevents")]
    [InlineData("%FF")]
    [InlineData("%ED%A0%80")]
    public async Task A_malformed_id_in_a_path_is_not_found(string id)
    {
        var own = await Org.Live.CreateEventAsync();
        foreach (var path in new[] { id, $"{id}/ticket-types", $"{own}/ticket-types/{id}" })
            (await Org.Live.GetAsync($"/api/v1/events/{path}")).AssertRefused("not_found");
        (await Org.Live.PatchAsync($"/api/v1/events/{id}", "{}")).AssertRefused("not_found");
        (await Org.Live.PostAsync($"/api/v1/events/{id}/publish")).AssertRefused("not_found");
        (await Org.Live.DeleteAsync($"/api/v1/events/{own}/ticket-types/{id}"))
            .AssertRefused("not_found");
    }

    [Theory]
    [InlineData("2019-01-01T00:00:00Z", "2019-01-02T00:00:00Z", "ended")]
    [InlineData("2019-01-01T00:00:00Z", null, "on_sale")]
    [InlineData("2099-01-01T00:00:00Z", null, "scheduled")]
    [InlineData(null, "2099-01-01T00:00:00Z", "on_sale")]
    public async Task The_status_follows_the_sales_window(string? start, string? end, string status)
    {
        var id = await Org.Live.CreatePublishedEventAsync();
        var body = Seed.TicketTypeBody();
        (body["sales_start_at"], body["sales_end_at"]) = (start, end);
        var created = await Org.Live.PostAsync($"/api/v1/events/{id}/ticket-types", body);
        Assert.Equal(status, created.AssertStatus(201).Text("status"));
    }

    [Fact]
    public async Task Metadata_of_a_ticket_type_is_merged_and_must_not_have_null_on_create()
    {
        var path = $"/api/v1/events/{await Org.Live.CreateEventAsync()}/ticket-types";
        var body = Seed.TicketTypeBody();
        body["metadata"] = new { zone = (string?)null };
        (await Org.Live.PostAsync(path, body)).AssertRefused("validation_error", "metadata");
        body["metadata"] = new { zone = "A", row = "1" };
        var id = (await Org.Live.PostAsync(path, body)).AssertStatus(201).Id;
        var patched = await Org.Live.PatchAsync(
            $"{path}/{id}", new { metadata = new { zone = (string?)null, seat = "2" } });
        Assert.Equal("""{"row":"1","seat":"2"}""", patched.Json!["metadata"]!.ToJsonString());
    }
}
