namespace Equaticket.RestFacade.Tests.Events;

public sealed class CancellingEventsTests : ApiTest
{
    [Fact]
    public async Task A_draft_and_a_published_event_can_be_cancelled_once()
    {
        var draft = await Org.Live.CreateEventAsync();
        var published = await Org.Live.CreatePublishedEventAsync();
        foreach (var id in new[] { draft, published })
        {
            (await Org.Live.PostAsync($"/api/v1/events/{id}/cancel")).AssertStatus(200);
            (await Org.Live.PostAsync($"/api/v1/events/{id}/cancel")).AssertRefused("conflict");
        }
    }

    [Fact]
    public async Task A_cancelled_event_refuses_every_change_and_can_still_be_read()
    {
        var path = $"/api/v1/events/{await Org.Live.CreatePublishedEventAsync()}";
        var ticketType = await TicketTypeOfAsync(path);
        (await Org.Live.PostAsync($"{path}/cancel")).AssertStatus(200);

        (await Org.Live.PatchAsync(path, new { title = "New" })).AssertRefused("conflict");
        (await Org.Live.PatchAsync(path, "{}")).AssertRefused("conflict");
        (await Org.Live.PostAsync($"{path}/publish")).AssertRefused("conflict");
        (await Org.Live.PostAsync($"{path}/ticket-types", Seed.TicketTypeBody()))
            .AssertRefused("conflict");
        (await Org.Live.PatchAsync(ticketType, new { name = "New" })).AssertRefused("conflict");
        (await Org.Live.DeleteAsync(ticketType)).AssertRefused("conflict");

        (await Org.Live.GetAsync(path)).AssertStatus(200);
        Assert.Equal("ended", (await Org.Live.GetAsync(ticketType)).AssertStatus(200).Text("status"));
    }

    private async Task<string> TicketTypeOfAsync(string path) =>
        $"{path}/ticket-types/{(await Org.Live.GetAsync($"{path}/ticket-types")).Column("id")[0]}";
}
