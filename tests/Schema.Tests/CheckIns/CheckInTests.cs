using System.Text.Json;
using Equaticket.Persistence.Team;

namespace Equaticket.Schema.Tests.CheckIns;

public sealed class CheckInTests : ApiTest
{
    private SessionClient _scanner = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _scanner = await Org.SignInAsync(Role.CheckInOnly);
    }

    [Fact]
    public async Task Check_in_accepts_a_ticket_once_and_reports_the_first_scan_to_the_second()
    {
        var sold = await Org.Live.SellAsync(Host);
        var first = await _scanner.CheckInAsync(
            new { code = sold.Codes[0].ToLowerInvariant(), gate = "North", device = "Phone 1" });
        Assert.Equal("ACCEPTED", first["outcome"].Text());
        Assert.Equal("North", first["gate"].Text());
        Assert.Equal("Ada Lovelace", first["attendee"]!["name"].Text());
        Assert.True(first["attendee"]!["checkedIn"]!.GetValue<bool>());
        Assert.Equal(first["scannedAt"].Text(), first["checkedInAt"].Text());

        var second = await _scanner.CheckInAsync(new { code = sold.Codes[0] });
        Assert.Equal("ALREADY_USED", second["outcome"].Text());
        Assert.Equal(first["checkedInAt"].Text(), second["checkedInAt"].Text());
        Assert.Equal(["accepted", "already_used"], await Host.ScansAsync(sold.EventId));
    }

    [Fact]
    public async Task Check_in_accepts_a_ticket_by_its_id_and_by_its_qr_text()
    {
        var sold = await Org.Live.SellAsync(Host, count: 2);
        var byId = await _scanner.CheckInAsync(
            new { ticketId = await Host.TicketIdAsync(sold.Codes[0]) });
        Assert.Equal("ACCEPTED", byId["outcome"].Text());
        var text = (await Host.QrTextsAsync(sold.CheckoutToken))[sold.Codes[1]];
        var byText = await _scanner.CheckInAsync(new { qrText = text, eventId = sold.EventId });
        Assert.Equal("ACCEPTED", byText["outcome"].Text());
        Assert.Equal(
            await Host.TicketIdAsync(sold.Codes[1]), byText["attendee"]!["id"].Text());
    }

    [Fact]
    public async Task Check_in_with_the_same_nonce_gets_the_first_result()
    {
        var sold = await Org.Live.SellAsync(Host);
        var input = new { code = sold.Codes[0], nonce = "scan-1" };
        var first = await _scanner.CheckInAsync(input);
        var second = await _scanner.CheckInAsync(input);
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        Assert.Equal(["accepted"], await Host.ScansAsync(sold.EventId));
    }

    [Fact]
    public async Task Check_in_with_the_nonce_of_another_ticket_is_a_conflict()
    {
        var sold = await Org.Live.SellAsync(Host, count: 2);
        await _scanner.CheckInAsync(new { code = sold.Codes[0], nonce = "scan-1" });
        var refused = await _scanner.ScanAsync(new { code = sold.Codes[1], nonce = "scan-1" });
        Assert.Equal(("conflict", "nonce"), (refused.ErrorCode, refused.Param));
        Assert.Equal(
            "ACCEPTED",
            (await _scanner.CheckInAsync(new { code = sold.Codes[1], nonce = "scan-2" }))["outcome"]
                .Text());
    }

    [Fact]
    public async Task Check_in_does_not_find_tickets_of_another_organization_or_event()
    {
        var other = await Host.CreateOrganizationAsync();
        var sold = await Org.Live.SellAsync(Host);
        var elsewhere = await Org.Live.SellAsync(Host);
        object[] inputs =
        [
            new { code = (await other.Live.SellAsync(Host)).Codes[0] },
            new { code = (await Org.Test.SellAsync(Host)).Codes[0] },
            new { code = "NOSUCH22" },
            new { ticketId = "no id" },
            new { code = elsewhere.Codes[0], eventId = sold.EventId },
            new { code = sold.Codes[0], eventId = "no id" },
        ];
        foreach (var input in inputs)
        {
            var scan = await _scanner.CheckInAsync(input);
            Assert.Equal("NOT_FOUND", scan["outcome"].Text());
            Assert.Null(scan["attendee"]);
            Assert.Null(scan["checkedInAt"]);
        }

        // The scan log records which ticket was shown at the wrong event.
        Assert.Equal(
            [Guid.Parse(await Host.TicketIdAsync(elsewhere.Codes[0]))],
            await Host.QuerySqlAsync<Guid>(
                "SELECT attendee_id FROM scans WHERE event_id = $1", Guid.Parse(sold.EventId)));
    }

    [Theory]
    [InlineData("status = 'refunded'", "REFUNDED")]
    [InlineData("status = 'void'", "VOID")]
    [InlineData("refund_id = gen_random_uuid()", "REFUNDED")]
    public async Task Check_in_refuses_a_ticket_that_is_no_longer_valid(string change, string outcome)
    {
        var sold = await Org.Live.SellAsync(Host);
        await Host.ExecuteSqlAsync(
            $"UPDATE attendees SET {change} WHERE ticket_code = $1", sold.Codes[0]);
        var scan = await _scanner.CheckInAsync(new { code = sold.Codes[0] });
        Assert.Equal(outcome, scan["outcome"].Text());
        Assert.False(scan["attendee"]!["checkedIn"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Check_in_refuses_the_tickets_of_a_cancelled_event()
    {
        var sold = await Org.Live.SellAsync(Host);
        await Org.Live.PostAsync($"/api/v1/events/{sold.EventId}/cancel");
        var scan = await _scanner.CheckInAsync(new { code = sold.Codes[0] });
        Assert.Equal("EVENT_NOT_PUBLISHED", scan["outcome"].Text());
    }

    [Fact]
    public async Task Check_in_names_the_other_event_of_a_ticket_unless_it_is_not_the_callers()
    {
        const string query =
            "mutation ($input: CheckInInput!) { checkInTicket(input: $input) { outcome otherEvent { id } } }";
        var (sold, elsewhere) = (await Org.Live.SellAsync(Host), await Org.Live.SellAsync(Host));
        var test = await Org.Test.SellAsync(Host);
        foreach (var (code, other) in new[]
            { (elsewhere.Codes[0], elsewhere.EventId), (test.Codes[0], null), (sold.Codes[0], null) })
        {
            var input = new { scanned = code, eventId = sold.EventId, nonce = $"door-{code}" };
            var first = (await _scanner.GraphQLAsync(query, new { input })).Data()["checkInTicket"]!;
            Assert.Equal(other, first["otherEvent"]?["id"].Text());
            Assert.Equal(
                first.ToJsonString(),
                (await _scanner.GraphQLAsync(query, new { input })).Data()["checkInTicket"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task Check_in_takes_a_code_or_a_qr_text_as_what_was_scanned()
    {
        var sold = await Org.Live.SellAsync(Host, count: 2);
        var text = (await Host.QrTextsAsync(sold.CheckoutToken))[sold.Codes[1]];
        foreach (var scanned in new[] { sold.Codes[0], $" {text} " })
            Assert.Equal("ACCEPTED", (await _scanner.CheckInAsync(new { scanned }))["outcome"].Text());
        Assert.Equal("NOT_FOUND", (await _scanner.CheckInAsync(new { scanned = text[..^4] }))["outcome"].Text());
        var refused = await _scanner.ScanAsync(new { scanned = new string('A', 51) });
        Assert.Equal(("validation_error", "scanned"), (refused.ErrorCode, refused.Param));
    }

    [Fact]
    public async Task Check_in_requires_exactly_one_ticket()
    {
        var sold = await Org.Live.SellAsync(Host);
        Assert.Equal("validation_error", (await _scanner.ScanAsync(new { gate = "North" })).ErrorCode);
        Assert.Equal(
            "validation_error",
            (await _scanner.ScanAsync(new { code = sold.Codes[0], qrText = "EQ1" })).ErrorCode);
    }

    [Fact]
    public async Task Check_in_refuses_API_keys()
    {
        var sold = await Org.Live.SellAsync(Host);
        var refused = await Org.Live.GraphQLAsync(
            $$"""mutation { checkInTicket(input: { code: "{{sold.Codes[0]}}" }) { outcome } }""");
        Assert.Equal("forbidden", refused.ErrorCode);
    }

    [Fact]
    public async Task Each_accepted_scan_creates_a_webhook_event()
    {
        var sold = await Org.Live.SellAsync(Host);
        var scan = await _scanner.CheckInAsync(new { code = sold.Codes[0] });
        await _scanner.CheckInAsync(new { code = sold.Codes[0] });
        var data = JsonSerializer.Deserialize<Dictionary<string, string>>(Assert.Single(
            await Host.QuerySqlAsync<string>(
                """
                SELECT data FROM webhook_events
                WHERE organization_id = $1 AND type = 'ticket.checked_in'
                """,
                Org.Organization.Id)))!;
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["ticket_id"] = scan["attendee"]!["id"].Text(),
                ["ticket_code"] = sold.Codes[0],
                ["event_id"] = sold.EventId,
                ["buyer_name"] = "Ada Lovelace",
                ["checked_in_at"] = scan["checkedInAt"].Text(),
            },
            data);
    }
}
