using Equaticket.Persistence.Team;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Equaticket.Dashboard.Tests;

/// <summary>Check-in at the door and the timeline of a request, in a real browser.</summary>
[Trait("Category", "Tools")]
public sealed class DoorTests : BrowserTest
{
    /// <summary>A fake camera without a picture, and a fake detector that returns the code set by a test.</summary>
    private const string Camera =
        """
        window.shown = [];
        navigator.mediaDevices.getUserMedia = async () => {
          const canvas = document.createElement('canvas');
          canvas.getContext('2d').fillRect(0, 0, 9, 9);
          return canvas.captureStream(5);
        };
        window.BarcodeDetector = class {
          async detect() { return window.shown.splice(0, 1).map(rawValue => ({ rawValue })); }
        };
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_ticket_is_checked_in_once_and_its_check_in_undone(bool hasScripts)
    {
        var (door, codes) = await SellAsync("Ada Lovelace", 2);
        var page = await OpenAsAsync(Role.CheckInOnly, door, hasScripts);
        await Expect(page.GetByLabel("Ticket code")).ToBeFocusedAsync();
        await Expect(page.Locator("#counts")).ToContainTextAsync("0 of 2");
        await CheckInAsync(page, codes[0].ToLowerInvariant());
        await Expect(page.Locator("#answer")).ToContainTextAsync("Admit");
        await Expect(page.Locator("#answer")).ToContainTextAsync("Ada Lovelace");
        await Expect(page.Locator("#counts")).ToContainTextAsync("1 of 2");
        await Expect(page.GetByLabel("Ticket code")).ToBeFocusedAsync();
        await CheckInAsync(page, codes[0]);
        await Expect(page.Locator("#answer")).ToContainTextAsync("Already checked in");
        await Expect(page.Locator("#answer time")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.Locator("#answer")).ToContainTextAsync("Undone");
        await Expect(page.Locator("#counts")).ToContainTextAsync("0 of 2");
        await CheckInAsync(page, codes[0]);
        await Expect(page.Locator("#answer")).ToContainTextAsync("Admit");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_rejected_scan_says_why(bool hasScripts)
    {
        var (door, codes) = await SellAsync("Ada Lovelace", 1);
        var (_, others) = await SellAsync("Grace Hopper", 1);
        var refund = await Org.Test.PostAsync($"/api/v1/test-helpers/orders/{await OrderOfAsync(codes[0])}/refund");
        Assert.Equal(200, refund.Status);
        var page = await OpenAsAsync(Role.CheckInOnly, door, hasScripts);
        await CheckInAsync(page, codes[0]);
        await Expect(page.Locator("#answer")).ToContainTextAsync("Refunded");
        await CheckInAsync(page, others[0]);
        await Expect(page.Locator("#answer")).ToContainTextAsync("Not for this event");
        await CheckInAsync(page, new string('A', 60));
        await Expect(page.Locator(hasScripts ? "#answer" : ".summary")).ToContainTextAsync("50");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_attendee_without_a_code_is_found_by_name(bool hasScripts)
    {
        var (door, _) = await SellAsync("Ada 100%_Lovelace", 1);
        var page = await OpenAsAsync(Role.CheckInOnly, door, hasScripts);
        await FindAsync(page, "nobody");
        await Expect(page.GetByText("No ticket has this name.")).ToBeVisibleAsync();
        await FindAsync(page, "100%_LOVE");
        await page.Locator(".cards").GetByRole(AriaRole.Button, new() { Name = "Check in" }).ClickAsync();
        await Expect(page.Locator("#answer")).ToContainTextAsync("Admit");
        await Expect(page.Locator(".cards")).ToContainTextAsync("checked in");
    }

    [Fact]
    public async Task The_camera_reads_the_code_of_a_ticket()
    {
        var (door, codes) = await SellAsync("Ada Lovelace", 1);
        var found = await Org.Test.GraphQLAsync(
            "query ($code: String) { attendees(filter: { ticketCode: $code }) { nodes { qrText } } }",
            new { code = codes[0] });
        var text = (string)found.Json!["data"]!["attendees"]!["nodes"]![0]!["qrText"]!;
        var page = await OpenAsAsync(Role.CheckInOnly, Live);
        await page.AddInitScriptAsync(Camera);
        var answer = await page.GotoAsync(Host.Address + door[1..]);
        Assert.Equal("camera=(self)", answer!.Headers["permissions-policy"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Scan with the camera" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Stop the camera" })).ToBeVisibleAsync();
        await page.EvaluateAsync("text => window.shown.push(text)", text);
        await Expect(page.Locator("#answer")).ToContainTextAsync("Admit");
        await Expect(page.Locator("#counts")).ToContainTextAsync("1 of 1");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_activity_log_links_a_request_to_what_it_wrote(bool hasScripts)
    {
        var (_, codes) = await SellAsync("Ada Lovelace", 1);
        var order = await OrderOfAsync(codes[0]);
        var log = $"{Test}/settings/developer/activity?route=/api/v1/test-helpers/orders";
        await Poll.UntilAsync(
            async () => (await Host.QuerySqlAsync<long>(
                "SELECT count(*) FROM api_requests WHERE api_key_id = $1 AND cardinality(writes) = 2",
                Org.Test.KeyId))[0] > 0);
        var page = await OpenAsAsync(Role.Admin, log, hasScripts);
        await page.Locator("summary code").First.ClickAsync();
        await page.Locator("dl a").First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Request req_");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "order.created" })).ToBeVisibleAsync();
        await page.Locator($".writes a[href*='{order}']").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Order EQ-");
        await page.Locator("dl a[href*='/requests/']").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Request req_");
    }

    [Fact]
    public async Task A_request_id_with_a_slash_and_spaces_has_a_timeline()
    {
        const string id = "my shop/42 %2F?#";
        await Org.Test.SendAsync(HttpMethod.Get, "/api/v1/events", null, ("X-Request-Id", id));
        using var client = await SignInAsync(Role.Admin);
        PageAnswer? page = null;
        await Poll.UntilAsync(
            async () => (page = await client.GetAsync($"{Test}/requests/my%20shop/42%20%252F%3F%23")).Status == 200);
        Assert.Contains("my shop/42 %2F?#", page!.Body, StringComparison.Ordinal);
        var log = (await client.GetAsync($"{Test}/settings/developer/activity")).Body;
        Assert.Contains($"{Test}/requests/my%20shop/42%20%252F%3F%23", log, StringComparison.Ordinal);
    }

    private static async Task CheckInAsync(IPage page, string code)
    {
        await page.GetByLabel("Ticket code").FillAsync(code);
        await page.GetByLabel("Ticket code").PressAsync("Enter");
    }

    private static async Task FindAsync(IPage page, string name)
    {
        await page.GetByLabel("Holder's name").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
    }

    /// <returns>The check-in page of a new test event, and its ticket codes.</returns>
    private async Task<(string Door, IReadOnlyList<string> Codes)> SellAsync(string name, int quantity)
    {
        var sale = await Org.Test.CreatePublishedEventAsync();
        var types = await Org.Test.GetAsync($"/api/v1/events/{sale}/ticket-types");
        var order = await Org.Test.PostAsync("/api/v1/test-helpers/orders", new
        {
            event_id = sale,
            buyer_name = name,
            buyer_email = "ada@example.com",
            items = new[] { new { ticket_type_id = (string)types.Json!["data"]![0]!["id"]!, quantity } },
        });
        Assert.Equal(201, order.Status);
        var tickets = await Org.Test.GetAsync($"/api/v1/attendees?order_id={order.Id}");
        return (
            $"{Test}/events/{sale}/door",
            [.. tickets.Json!["data"]!.AsArray().Select(ticket => (string)ticket!["ticket_code"]!)]);
    }

    private async Task<string> OrderOfAsync(string code) =>
        (string)(await Org.Test.GetAsync($"/api/v1/attendees?ticket_code={code}")).Json!["data"]![0]!["order_id"]!;
}
