using Equaticket.Persistence.Team;

namespace Equaticket.Dashboard.Tests;

/// <summary>The results of scans on the check-in page, without JavaScript.</summary>
public sealed class DoorPageTests : DashboardTest
{
    [Fact]
    public async Task A_ticket_for_another_event_is_distinguished_from_an_unknown_code()
    {
        var here = await SellAsync(Org.Test, "Opening Night");
        var there = await SellAsync(Org.Test, "Closing Night");
        var stranger = await Host.CreateOrganizationAsync();
        using var client = await SignInAsync(Role.CheckInOnly);
        var answer = await CheckInAsync(client, here.EventId, CodeOf(there));
        Assert.Contains("Not for this event", answer, StringComparison.Ordinal);
        Assert.Contains("This ticket is for another event: Closing Night.", answer, StringComparison.Ordinal);
        string[] unknown =
        [
            "NOSUCH22", "EQ1.not.a.ticket.x", CodeOf(await SellAsync(Org.Live, "Live Night")),
            CodeOf(await SellAsync(stranger.Test, "Strange Night")),
        ];
        foreach (var code in unknown)
        {
            answer = await CheckInAsync(client, here.EventId, code);
            Assert.Contains("Unknown code", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("another event", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_code_field_accepts_the_full_text_of_a_QR_code()
    {
        var sale = await SellAsync(Org.Test, "Opening Night");
        var found = await Org.Test.GraphQLAsync(
            "query ($id: ID!) { attendee(id: $id) { qrText } }", new { id = sale.AttendeeId });
        var text = (string)found.Json!["data"]!["attendee"]!["qrText"]!;
        Assert.True(text.Length > 100, text);
        using var client = await SignInAsync(Role.CheckInOnly);
        Assert.Contains("Admit", await CheckInAsync(client, sale.EventId, text), StringComparison.Ordinal);
        var second = await CheckInAsync(client, sale.EventId, CodeOf(sale).ToLowerInvariant());
        Assert.Contains("Already checked in", second, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_malformed_code_is_an_error_of_the_field(string code)
    {
        var sale = await SellAsync(Org.Test, "Opening Night");
        using var client = await SignInAsync(Role.CheckInOnly);
        var answer = await client.PostAsync(Door(sale.EventId), "CheckInTicket", ("code", code));
        Assert.Equal(400, answer.Status);
        Assert.Contains("<a href=\"#code\">", answer.Body, StringComparison.Ordinal);
    }

    private string Door(string eventId) => $"{Test}/events/{eventId}/door";

    private async Task<string> CheckInAsync(DashboardClient client, string eventId, string code)
    {
        var answer = await client.PostAsync(Door(eventId), "CheckInTicket", ("code", code));
        Assert.True(answer.Status == 200, answer.Body);
        return answer.Body[answer.Body.IndexOf("id=\"answer\"", StringComparison.Ordinal)..];
    }

    private static string CodeOf(Sale sale) => (string)sale.Tickets[0]!["ticket_code"]!;

    private async Task<Sale> SellAsync(ApiClient seller, string title)
    {
        var id = await seller.CreateEventAsync(title);
        var type = await seller.CreateTicketTypeAsync(id, price: 0);
        Assert.Equal(200, (await seller.PostAsync($"/api/v1/events/{id}/publish")).Status);
        return await Host.SellAsync(seller, id, type);
    }
}
