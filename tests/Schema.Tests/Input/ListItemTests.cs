namespace Equaticket.Schema.Tests.Input;

/// <summary>A variable in a list literal follows the same rules as a literal in its place.</summary>
public sealed class ListItemTests : ApiTest
{
    private const string CreateWebhook =
        "createWebhook(input: { url: \"https://example.com/in\", events: [{0}] }) { events }";

    [Theory]
    [InlineData("mutation ($v: WebhookEventType) { "
        + "createWebhook(input: { url: \"https://example.com\", events: [$v] }) { id } }")]
    [InlineData("mutation ($v: WebhookEventType = null) { "
        + "createWebhook(input: { url: \"https://example.com\", events: [$v] }) { id } }")]
    [InlineData("mutation ($v: WebhookEventType) { updateWebhook(id: \"x\", input: { events: [ORDER_CREATED, $v] }) { id } }")]
    [InlineData("mutation ($v: [WebhookEventType]) { updateWebhook(id: \"x\", input: { events: $v }) { id } }")]
    [InlineData("mutation ($v: Scope) { createApiKey(input: { name: \"a\", mode: TEST, scopes: [$v] }) { id } }")]
    [InlineData("mutation ($v: Int) { updateEvent(id: \"x\", expectedVersions: [$v], input: {}) { id } }")]
    [InlineData("mutation ($v: ID) { simulateRefund(id: \"x\", attendeeIds: [$v]) { id } }")]
    [InlineData("mutation ($v: SimulateOrderItemInput) { simulateOrder(input: { "
        + "eventId: 1, buyerName: \"A\", buyerEmail: \"a@b.co\", items: [$v] }) { id } }")]
    [InlineData("mutation ($v: CheckoutItemInput) { checkout(input: { "
        + "eventId: 1, buyerName: \"A\", buyerEmail: \"a@b.co\", items: [$v] }) { status } }")]
    [InlineData("mutation ($v: CheckoutAttendeeInput) { checkout(input: { eventId: 1, buyerName: \"A\", "
        + "buyerEmail: \"a@b.co\", items: [{ ticketTypeId: 1, quantity: 1, attendees: [$v] }] }) { status } }")]
    [InlineData("query ($v: ID) { nodes(ids: [$v]) { id } }")]
    [InlineData("query ($v: ID) { ...Found } fragment Found on Query { nodes(ids: [\"x\", $v]) { id } }")]
    public async Task A_nullable_variable_is_refused_where_an_item_is_required(string document)
    {
        foreach (var variables in new object[] { new { }, new { v = (string?)null } })
        {
            var answer = await Org.Test.AskAsync(document, variables);
            answer.AssertRefused(400, "validation_error");
            Assert.Equal("v", answer.Param);
        }
    }

    [Fact]
    public async Task The_default_of_a_variable_is_used_as_an_item()
    {
        var made = await AskAsync("$v: WebhookEventType = ORDER_REFUNDED", "$v", new { });
        Assert.Equal(["ORDER_REFUNDED"], Events(made));
    }

    [Fact]
    public async Task A_null_for_a_variable_with_a_default_is_refused_as_an_item()
    {
        var answer = await AskAsync(
            "$v: WebhookEventType = ORDER_REFUNDED", "$v", new { v = (string?)null });
        answer.AssertRefused(400, "validation_error");
        Assert.Equal("This is required.", answer.Json!["errors"]![0]!["message"].Text());
    }

    [Theory]
    [InlineData("$v: WebhookEventType!", "$v, $v")]
    [InlineData("$v: WebhookEventType!", "ORDER_CREATED, $v")]
    [InlineData("$v: WebhookEventType = ORDER_CREATED", "$v, ORDER_CREATED")]
    public async Task Items_from_variables_must_be_unique_too(string variable, string items)
    {
        var answer = await AskAsync(variable, items, new { v = "ORDER_CREATED" });
        answer.AssertRefused(400, "validation_error");
        Assert.Equal("events", answer.Param);
    }

    private static IEnumerable<string> Events(ApiResponse answer) =>
        answer.Data()["createWebhook"]!["events"]!.AsArray().Select(type => type.Text());

    private Task<ApiResponse> AskAsync(string variable, string items, object variables) =>
        Org.Test.AskAsync(
            $"mutation ({variable}) {{ {CreateWebhook.Replace("{0}", items, StringComparison.Ordinal)} }}", variables);
}
