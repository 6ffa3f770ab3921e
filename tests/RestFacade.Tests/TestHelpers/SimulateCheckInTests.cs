using Equaticket.Persistence.ApiKeys;

namespace Equaticket.RestFacade.Tests.TestHelpers;

public sealed class SimulateCheckInTests : ApiTest
{
    [Fact]
    public async Task Check_in_accepts_a_test_attendee_and_a_second_time_is_a_conflict()
    {
        var (_, id) = await SellAsync(Org.Test);
        var path = $"/api/v1/test-helpers/attendees/{id}/check-in";
        var checkedIn = (await Org.Test.PostAsync(path, new { })).AssertStatus(200);
        Assert.True((bool)checkedIn.Json!["checked_in"]!);
        Assert.Equal(id, checkedIn.Text("id"));
        Assert.Equal(
            (await Org.Test.GetAsync($"/api/v1/attendees/{id}")).Body, checkedIn.Body);

        var second = await Org.Test.PostAsync(path, new { });
        second.AssertRefused("conflict");
        Assert.Equal(
            $"This ticket was checked in at {checkedIn.Text("checked_in_at")}.",
            (string?)second.Json!["error"]!["message"]);
    }

    [Fact]
    public async Task Check_in_of_a_cancelled_events_attendee_is_a_conflict()
    {
        var (eventId, id) = await SellAsync(Org.Test);
        (await Org.Test.PostAsync($"/api/v1/events/{eventId}/cancel")).AssertStatus(200);
        (await Org.Test.PostAsync($"/api/v1/test-helpers/attendees/{id}/check-in", new { }))
            .AssertRefused("conflict");
    }

    [Fact]
    public async Task Check_in_refuses_live_keys_and_keys_without_the_scope()
    {
        var (_, id) = await SellAsync(Org.Test);
        var path = $"/api/v1/test-helpers/attendees/{id}/check-in";
        (await Org.Live.PostAsync(path, new { })).AssertRefused("forbidden");
        var reader = await Org.CreateKeyAsync(livemode: false, Scope.AttendeesRead);
        (await reader.PostAsync(path, new { })).AssertRefused("forbidden");
    }

    [Fact]
    public async Task Check_in_with_an_idempotency_key_is_replayed()
    {
        var (_, id) = await SellAsync(Org.Test);
        var path = $"/api/v1/test-helpers/attendees/{id}/check-in";
        var header = ("Idempotency-Key", "one scan");
        var first = await Org.Test.SendAsync(HttpMethod.Post, path, "{}", header);
        var second = await Org.Test.SendAsync(HttpMethod.Post, path, "{}", header);
        Assert.Equal(first.AssertStatus(200).Body, second.AssertStatus(200).Body);
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
    }

    private async Task<(string EventId, string AttendeeId)> SellAsync(ApiClient organizer)
    {
        var eventId = await organizer.CreateEventAsync();
        var typeId = await organizer.CreateTicketTypeAsync(eventId);
        (await organizer.PostAsync($"/api/v1/events/{eventId}/publish")).AssertStatus(200);
        var codes = await Host.Http.BuyAsync(eventId, typeId);
        var ids = await Host.QuerySqlAsync<Guid>(
            "SELECT id FROM attendees WHERE ticket_code = $1", codes[0]);
        return (eventId, ids[0].ToString());
    }
}
