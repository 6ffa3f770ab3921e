using System.Text.Json.Nodes;
using Equaticket.Schema.Tests.Checkout;

namespace Equaticket.Schema.Tests.CheckIns;

/// <summary>Sells and scans tickets.</summary>
internal static class Scanning
{
    private const string Fields =
        "id outcome checkedInAt scannedAt gate device attendee { id name checkedIn }";

    /// <returns>A published event with one ticket type and some sold tickets.</returns>
    public static async Task<SoldEvent> SellAsync(
        this ApiClient organizer, TestHost host, int count = 1, long price = 0)
    {
        var eventId = await organizer.CreateEventAsync();
        var typeId = await organizer.CreateTicketTypeAsync(eventId, price);
        Assert.Equal(200, (await organizer.PostAsync($"/api/v1/events/{eventId}/publish")).Status);
        var checkout = (await host.CheckoutAsync(Buying.Cart(eventId, (typeId, count)))).Checkout();
        return new SoldEvent(
            eventId, typeId, checkout["checkoutToken"].Text(),
            [.. checkout["tickets"].Texts("ticketCode")]);
    }

    public static Task<ApiResponse> ScanAsync(this SessionClient scanner, object input) =>
        scanner.GraphQLAsync(
            $"mutation ($input: CheckInInput!) {{ checkInTicket(input: $input) {{ {Fields} }} }}",
            new { input });

    /// <returns>The outcome of the scan.</returns>
    public static async Task<JsonNode> CheckInAsync(this SessionClient scanner, object input) =>
        (await scanner.ScanAsync(input)).Data()["checkInTicket"]!;

    public static Task<ApiResponse> UndoAsync(this SessionClient scanner, string ticketId) =>
        scanner.GraphQLAsync(
            $"mutation ($id: ID!) {{ undoCheckIn(ticketId: $id, gate: \"North\") {{ {Fields} }} }}",
            new { id = ticketId });

    public static async Task<string> TicketIdAsync(this TestHost host, string code) =>
        (await host.QuerySqlAsync<Guid>("SELECT id FROM attendees WHERE ticket_code = $1", code))
            .Single().ToString();

    /// <returns>The QR texts of a checkout's tickets, by ticket code.</returns>
    public static async Task<Dictionary<string, string>> QrTextsAsync(
        this TestHost host, string checkoutToken)
    {
        var status = await host.AskAsync(
            """
            query ($token: String!) { checkoutStatus(token: $token) { tickets { ticketCode qrText } } }
            """,
            new { token = checkoutToken });
        return status.Data()["checkoutStatus"]!["tickets"]!.AsArray()
            .ToDictionary(ticket => ticket!["ticketCode"].Text(), ticket => ticket!["qrText"].Text());
    }

    /// <returns>The outcomes of all scans of an event, oldest first.</returns>
    public static Task<IReadOnlyList<string>> ScansAsync(this TestHost host, string eventId) =>
        host.QuerySqlAsync<string>(
            "SELECT outcome FROM scans WHERE event_id = $1 ORDER BY created_at, id",
            Guid.Parse(eventId));
}

/// <summary>An event with sold tickets.</summary>
internal sealed record SoldEvent(
    string EventId, string TypeId, string CheckoutToken, IReadOnlyList<string> Codes);
