using System.Text;
using System.Text.Json.Nodes;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Tests.Checkout;
using Equaticket.Testing.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Buying = Equaticket.Schema.Tests.Checkout.Buying;

namespace Equaticket.Schema.Tests.Buyers;

/// <summary>Webhook endpoints may echo buyer data in their responses, in any spelling.</summary>
public sealed class EchoTests : IAsyncLifetime
{
    private const string Name = "Zyxwvut Quux";
    private const string Email = "zyxwvut@example.com";

    private TestHost _host = null!;
    private TestOrganization _org = null!;
    private WebhookReceiver _endpoint = null!;
    private string _webhookId = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(configure: builder =>
            builder.Configuration.AddInMemoryCollection(WebhookSeed.LoopbackSettings("")));
        _org = await _host.CreateOrganizationAsync();
        _endpoint = await WebhookReceiver.StartAsync();
        _endpoint.Echo();
        _webhookId = (await _org.Live.CreateWebhookAsync(_endpoint.Address, "order.created")).Id;
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task Redaction_clears_endpoint_responses_and_keeps_the_rest_of_the_attempt()
    {
        var others = await BuyAsync("Ada Lovelace", "ada@example.com");
        _endpoint.Answer = (received, http) =>
        {
            http.Response.StatusCode = 500;
            return http.Response.WriteAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(received.Body)));
        };
        var id = await BuyAsync(Name, Email);
        var before = await DeliveryAsync(id);
        Assert.NotNull(before["attempts"]![0]!["response_body"]);
        await RedactAsync();
        var after = await DeliveryAsync(id);
        before["attempts"]![0]!["response_body"] = null;
        Assert.Equal(before["attempts"]!.ToJsonString(), after["attempts"]!.ToJsonString());
        Assert.Equal(before["status"]!.ToJsonString(), after["status"]!.ToJsonString());
        Assert.Contains(
            "Lovelace", (string?)(await DeliveryAsync(others))["attempts"]![0]!["response_body"],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redaction_clears_responses_of_deleted_webhooks()
    {
        await BuyAsync(Name, Email);
        await _org.Live.DeleteAsync($"/api/v1/webhooks/{_webhookId}");
        Assert.NotEmpty(await EchoesAsync());
        await RedactAsync();
        Assert.Empty(await EchoesAsync());
    }

    [Fact]
    public async Task A_response_after_the_redaction_is_not_stored()
    {
        var answers = new TaskCompletionSource();
        _endpoint.Answer = async (received, http) =>
        {
            await answers.Task;
            await http.Response.WriteAsync(received.Body);
        };
        await BuyAsync(Name, Email, isAnswered: false);
        await _endpoint.UntilReceivedAsync(1);
        await RedactAsync();
        answers.SetResult();
        await BuyerData.UntilToldAsync(_host);
        Assert.Empty(await EchoesAsync());
        Assert.Equal(
            [200],
            await _host.QuerySqlAsync<int>(
                "SELECT (attempts->0->>'response_status')::int FROM webhook_deliveries"));
    }

    [Fact]
    public async Task Redaction_clears_the_stored_responses_to_redeliveries()
    {
        _endpoint.Answer = (received, http) =>
            http.Response.WriteAsync(Uri.EscapeDataString(received.Body));
        var id = await BuyAsync(Name, Email);
        var first = await RedeliverAsync(id);
        Assert.Contains("Zyxwvut%20Quux", first.Body, StringComparison.Ordinal);
        await RedactAsync();
        var again = await RedeliverAsync(id);
        Assert.Equal("true", again.Header("Idempotent-Replayed"));
        Assert.DoesNotContain("Zyxwvut", again.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(first.Id, again.Id);
        var data = again.Json!["payload"]!["data"]!.AsObject();
        Assert.True(data.ContainsKey("buyer_name"));
        Assert.Null(data["buyer_name"]);
    }

    [Theory]
    [InlineData("orders { nodes { buyerName } }")]
    [InlineData("attendees { nodes { name } }")]
    [InlineData("ticketTypes { nodes { attendees { nodes { name } } } }")]
    public async Task Redaction_clears_stored_responses_with_many_orders(string selection)
    {
        var (eventId, _) = await _org.Live.CreateFreeEventAsync();
        await BuyAsync(Name, Email, eventId: eventId);
        var query = $$"""mutation { updateEvent(id: "{{eventId}}", input: { title: "T" }) { {{selection}} } }""";
        Task<ApiResponse> ChangeAsync() => _org.Live.SendAsync(
            HttpMethod.Post, "/graphql", new { query }, ("Idempotency-Key", "change"));
        Assert.Contains(Name, (await ChangeAsync()).Body, StringComparison.Ordinal);
        await RedactAsync();
        var again = await ChangeAsync();
        Assert.Equal("true", again.Header("Idempotent-Replayed"));
        Assert.DoesNotContain("Zyxwvut", again.Body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Redaction_clears_stored_responses_with_deliveries()
    {
        await BuyAsync(Name, Email);
        var query = $$"""
            mutation { updateWebhook(id: "{{_webhookId}}", input: { description: "D" }) {
              deliveries { nodes { payload attempts { echo: responseBody } } } } }
            """;
        Task<ApiResponse> ChangeAsync() => _org.Live.SendAsync(
            HttpMethod.Post, "/graphql", new { query }, ("Idempotency-Key", "change"));
        Assert.Contains(Name, (await ChangeAsync()).Body, StringComparison.Ordinal);
        await RedactAsync();
        Assert.DoesNotContain("Zyxwvut", (await ChangeAsync()).Body, StringComparison.OrdinalIgnoreCase);
    }

    private async Task RedactAsync() => Assert.Null((await (await _org.SignInAsync(Role.Admin)).GraphQLAsync(
        "mutation ($email: String!) { redactBuyer(email: $email) { orders } }",
        new { email = Email })).ErrorCode);

    private Task<ApiResponse> RedeliverAsync(string id) => _org.Live.SendAsync(
        HttpMethod.Post, $"/api/v1/webhooks/{_webhookId}/deliveries/{id}/redeliver", new { },
        ("Idempotency-Key", "redeliver"));

    private async Task<JsonNode> DeliveryAsync(string id) =>
        (await _org.Live.GetAsync($"/api/v1/webhooks/{_webhookId}/deliveries/{id}")).Json!;

    private Task<IReadOnlyList<string>> EchoesAsync() => _host.QuerySqlAsync<string>(
        "SELECT attempts::text FROM webhook_deliveries WHERE attempts::text ILIKE '%zyxwvut%'");

    /// <returns>The id of the webhook delivery for the order.</returns>
    private async Task<string> BuyAsync(
        string name, string email, bool isAnswered = true, string? eventId = null)
    {
        if (eventId is null)
            (eventId, _) = await _org.Live.CreateFreeEventAsync();
        var typeId = (await _org.Live.GetAsync($"/api/v1/events/{eventId}/ticket-types"))
            .Json!["data"]![0]!["id"].Text();
        var cart = Buying.Cart(eventId, (typeId, 1));
        (cart["buyerName"], cart["buyerEmail"]) = (name, email);
        Assert.Null((await _host.CheckoutAsync(cart)).ErrorCode);
        if (isAnswered)
            await BuyerData.UntilToldAsync(_host);
        return (await _host.QuerySqlAsync<Guid>(
            "SELECT id FROM webhook_deliveries ORDER BY created_at DESC"))[0].ToString();
    }
}
