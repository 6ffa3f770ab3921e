using System.Text.Json.Nodes;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Emails;
using Equaticket.Schema.Tests.CheckIns;
using Equaticket.Schema.Tests.Checkout;
using Equaticket.Testing.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Buying = Equaticket.Schema.Tests.Checkout.Buying;

namespace Equaticket.Schema.Tests.Buyers;

/// <summary>
/// Lists every column that contains buyer data. A new column with buyer data makes this test fail until it is listed
/// here and <c>redactBuyer</c> clears it.
/// </summary>
public sealed class BuyerDataTests : IAsyncLifetime
{
    private const string Marker = "zyxwvut";
    private const string Name = "Zyxwvut Quux";
    private const string Email = "Zyxwvut@Example.com";

    private static readonly string[] Holders =
    [
        "attendees.email",
        "attendees.email_key",
        "attendees.name",
        "idempotency_records.body",
        "order_items.named",
        "orders.buyer_email",
        "orders.buyer_email_key",
        "orders.buyer_name",
        "webhook_deliveries.attempts",
        "webhook_events.data",
    ];

    private readonly LogCapture _log = new();
    private TestHost _host = null!;
    private TestOrganization _org = null!;
    private WebhookReceiver _endpoint = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(configure: builder =>
        {
            builder.Logging.AddProvider(_log);
            builder.Configuration.AddInMemoryCollection(WebhookSeed.LoopbackSettings());
        });
        _org = await _host.CreateOrganizationAsync();
        _endpoint = await WebhookReceiver.StartAsync();
        _endpoint.Echo();
        await _org.Live.CreateWebhookAsync(_endpoint.Address);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task Redaction_clears_every_copy_of_a_buyers_data()
    {
        var scanner = await _org.SignInAsync(Role.EventManager);
        var admin = await _org.SignInAsync(Role.Admin);
        var code = await BuyAsync(Name, Email, attendee: null);
        await BuyAsync("Ada Lovelace", "ada@example.com", attendee: Email.ToUpperInvariant());
        await NameSomebodyInAnUnpaidOrderAsync();
        var scan = await ScanAsync(scanner, code);
        await ReadEverywhereAsync(code);
        await _host.Get<EmailDelivery>().RunAsync(CancellationToken.None);
        await BuyerData.UntilToldAsync(_host);
        Assert.Equal(Holders, await BuyerData.FindAsync(_host, Marker));

        var redacted = (await RedactAsync(admin)).Data()["redactBuyer"]!;
        Assert.Equal(
            """{"orders":1,"attendees":2,"webhookEvents":2,"storedAnswers":3}""",
            redacted.ToJsonString());
        Assert.Empty(await BuyerData.FindAsync(_host, Marker));
        Assert.NotEmpty(await BuyerData.FindAsync(_host, "ada lovelace"));
        Assert.DoesNotContain(
            _log.Lines, line => line.Text.Contains(Marker, StringComparison.OrdinalIgnoreCase));

        var replayed = await ScanAsync(scanner, code);
        Assert.Equal("true", replayed.Header("Idempotent-Replayed"));
        Assert.Null(replayed.Data()["checkInTicket"]!["attendee"]!["name"]);
        Assert.Equal(Outcome(scan), Outcome(replayed));
    }

    [Fact]
    public async Task Redacted_events_keep_their_shape()
    {
        await BuyAsync(Name, Email, attendee: null);
        await RedactAsync(await _org.SignInAsync(Role.Admin));
        var data = JsonNode.Parse(Assert.Single(
            await _host.QuerySqlAsync<string>("SELECT data FROM webhook_events")))!.AsObject();
        Assert.Equal(
            ["order_id", "order_number", "buyer_email", "buyer_name", "event_id", "total_amount", "currency"],
            data.Select(member => member.Key));
        Assert.Null(data["buyer_email"]);
        Assert.Null(data["buyer_name"]);
        Assert.Equal("EQ-1001", data["order_number"].Text());
    }

    [Fact]
    public async Task Redaction_leaves_a_row_in_the_audit_log_and_can_be_repeated()
    {
        var admin = await _org.SignInAsync(Role.Admin);
        await BuyAsync(Name, Email, attendee: null);
        await RedactAsync(admin);
        Assert.Equal(
            0, (await RedactAsync(admin)).Data()["redactBuyer"]!["orders"]!.GetValue<int>());
        var actors = await _host.QuerySqlAsync<Guid>(
            "SELECT user_id FROM audit_log WHERE action = 'buyer.redacted'");
        Assert.Equal([admin.UserId, admin.UserId], actors);
    }

    [Fact]
    public async Task Redaction_requires_an_admin_and_affects_no_other_buyer_or_mode()
    {
        await BuyAsync(Name, Email, attendee: null);
        var manager = await _org.SignInAsync(Role.EventManager);
        Assert.Equal("forbidden", (await RedactAsync(manager)).ErrorCode);
        var other = await _host.CreateOrganizationAsync();
        foreach (var admin in new[]
        {
            await other.SignInAsync(Role.Owner),
            await _org.SignInAsync(Role.Owner, livemode: false),
        })
        {
            Assert.Equal(
                0, (await RedactAsync(admin)).Data()["redactBuyer"]!["orders"]!.GetValue<int>());
        }

        Assert.Equal(
            [Name], await _host.QuerySqlAsync<string>("SELECT buyer_name FROM orders"));
    }

    private static Task<ApiResponse> RedactAsync(SessionClient admin) => admin.GraphQLAsync(
        """
        mutation ($email: String!) {
          redactBuyer(email: $email) { orders attendees webhookEvents storedAnswers } }
        """,
        new { email = $" {Email.ToLowerInvariant()} " });

    /// <returns>The ticket code.</returns>
    private async Task<string> BuyAsync(string name, string email, string? attendee)
    {
        var eventId = await _org.Live.CreateEventAsync();
        var typeId = await _org.Live.CreateTicketTypeAsync(eventId, price: 0);
        await _org.Live.PostAsync($"/api/v1/events/{eventId}/publish");
        var cart = Buying.Cart(eventId, (typeId, 1));
        (cart["buyerName"], cart["buyerEmail"]) = (name, email);
        if (attendee is not null)
        {
            cart["items"] = new[]
            {
                new { ticketTypeId = typeId, quantity = 1, attendees = new[] { new { email = attendee } } },
            };
        }

        var bought = await _host.CheckoutAsync(cart, "0e2f4f3c-8a6a-4a0c-9d5c-2f1a3b4c5d6e");
        cart["items"] = Array.Empty<object>();
        await _host.CheckoutAsync(cart);
        return bought.Checkout()["tickets"]![0]!["ticketCode"].Text();
    }

    /// <summary>Names the buyer as an attendee in an unpaid order, which stores attendees with its items.</summary>
    private Task NameSomebodyInAnUnpaidOrderAsync() => _host.ExecuteSqlAsync(
        """
        UPDATE order_items SET named = jsonb_build_array(
            jsonb_build_object('Name', 'Bob', 'Email', 'bob@example.com'),
            jsonb_build_object('Name', 'Zyxwvut', 'Email', 'ZYXWVUT@example.com'))
        """);

    private static Task<ApiResponse> ScanAsync(SessionClient scanner, string code) =>
        scanner.SendAsync(
            HttpMethod.Post, "/graphql",
            new
            {
                query = $$"""
                    mutation { checkInTicket(input: { code: "{{code}}" }) {
                      outcome checkedInAt attendee { name email } } }
                    """,
            },
            ("Idempotency-Key", "one scan"));

    private async Task ReadEverywhereAsync(string code)
    {
        var id = await _host.TicketIdAsync(code);
        await _org.Live.GetAsync($"/api/v1/attendees/{id}");
        await _org.Live.GetAsync($"/api/v1/orders?buyer_email={Email}");
        await _org.Live.GetAsync($"/api/v1/attendees?email={Email}");
        await _org.Live.GraphQLAsync(
            $$"""query { attendee(id: "{{id}}") { name email } node(id: "{{Email}}") { id } }""");
    }

    private static string Outcome(ApiResponse scan) =>
        scan.Data()["checkInTicket"]!["checkedInAt"].Text();
}
