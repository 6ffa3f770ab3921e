using Equaticket.Persistence.Organizations;

namespace Equaticket.RestFacade.Tests.Events;

public sealed class PublishingEventsTests : ApiTest
{
    [Fact]
    public async Task Publish_works_once_and_only_on_a_draft()
    {
        var id = await Org.Live.CreatePublishedEventAsync();
        (await PublishAsync(Org.Live, id)).AssertRefused("conflict");
        (await Org.Live.PostAsync($"/api/v1/events/{id}/cancel")).AssertStatus(200);
        (await PublishAsync(Org.Live, id)).AssertRefused("conflict");
    }

    [Fact]
    public async Task Publish_requires_a_ticket_type()
    {
        var id = await Org.Test.CreateEventAsync();
        (await PublishAsync(Org.Test, id)).AssertRefused("unprocessable", saying: "ticket type");
        await Org.Test.CreateTicketTypeAsync(id);
        (await PublishAsync(Org.Test, id)).AssertStatus(200);
    }

    [Fact]
    public async Task Publish_refuses_an_event_that_has_ended()
    {
        var id = await CreateAsync("2019-01-01T00:00:00Z", "2019-01-02T00:00:00Z");
        (await PublishAsync(Org.Live, id)).AssertRefused("unprocessable", saying: "ends_at");
        await Org.Live.PatchAsync($"/api/v1/events/{id}", new { ends_at = (string?)null });
        (await PublishAsync(Org.Live, id)).AssertStatus(200);
    }

    [Fact]
    public async Task Publish_allows_an_event_in_progress_or_started_without_an_end()
    {
        (await PublishAsync(Org.Live, await CreateAsync("2019-01-01T00:00:00Z", "2099-01-01T00:00:00Z")))
            .AssertStatus(200);
        (await PublishAsync(Org.Live, await CreateAsync("2019-01-01T00:00:00Z", end: null)))
            .AssertStatus(200);
    }

    [Fact]
    public async Task Publish_refuses_a_paid_live_event_without_stripe()
    {
        var poor = await Host.CreateOrganizationAsync(Plan.Pro, chargesEnabled: false);
        var paid = await poor.Live.CreateEventAsync();
        await poor.Live.CreateTicketTypeAsync(paid, price: 0);
        await poor.Live.CreateTicketTypeAsync(paid, price: 1);
        (await PublishAsync(poor.Live, paid)).AssertRefused("unprocessable", saying: "Stripe");
        Assert.Equal("draft", (await poor.Live.GetAsync($"/api/v1/events/{paid}")).Text("status"));

        var free = await poor.Live.CreateEventAsync();
        await poor.Live.CreateTicketTypeAsync(free, price: 0);
        (await PublishAsync(poor.Live, free)).AssertStatus(200);
        await poor.Test.CreatePublishedEventAsync();
    }

    [Fact]
    public async Task The_example_of_the_guide_works_as_printed()
    {
        var created = await Org.Live.PostAsync("/api/v1/events", """
            {
              "title": "Spring Workshop",
              "slug": "spring-workshop-2026",
              "timezone": "America/Chicago",
              "starts_at": "2026-09-15T18:00:00Z",
              "currency": "usd"
            }
            """);
        var path = $"/api/v1/events/{created.AssertStatus(201).Id}";
        (await Org.Live.PostAsync($"{path}/ticket-types", """
            {
              "name": "General Admission",
              "price": 2500,
              "currency": "usd",
              "quantity_total": 100
            }
            """)).AssertStatus(201);
        (await Org.Live.PostAsync($"{path}/publish")).AssertStatus(200);
        var listed = await ApiResponse.SendAsync(
            Host.Http, HttpMethod.Get, $"/api/v1/public/events?org_slug={Org.Slug}", null, null);
        Assert.Equal(["spring-workshop-2026"], listed.Column("slug"));
    }

    private static Task<ApiResponse> PublishAsync(ApiClient client, string id) =>
        client.PostAsync($"/api/v1/events/{id}/publish");

    private async Task<string> CreateAsync(string start, string? end)
    {
        var body = Seed.EventBody();
        (body["starts_at"], body["ends_at"]) = (start, end);
        var id = (await Org.Live.PostAsync("/api/v1/events", body)).AssertStatus(201).Id;
        await Org.Live.CreateTicketTypeAsync(id);
        return id;
    }
}
