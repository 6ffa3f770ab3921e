using Equaticket.Persistence.Team;
using Equaticket.Schema.Tests.CheckIns;

namespace Equaticket.Schema.Tests.Orders;

/// <summary>When the tickets of an order are sent again, and when not.</summary>
public sealed class ConfirmationResendTests : ApiTest
{
    private const string Resend = "mutation ($id: ID!) { resendOrderConfirmation(id: $id) { id status } }";

    [Fact]
    public async Task Resend_queues_one_email_a_minute_and_one_audit_entry_each()
    {
        var manager = await Org.SignInAsync(Role.EventManager);
        var id = await BuyAsync(Org.Live);
        Assert.Equal("conflict", (await manager.GraphQLAsync(Resend, new { id })).ErrorCode);
        await PassAMinuteAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => manager.GraphQLAsync(Resend, new { id })));
        Assert.Equal(1, answers.Count(answer => answer.ErrorCode is null));
        Assert.Equal(3, answers.Count(answer => answer.ErrorCode == "conflict"));
        Assert.Equal(2, await CountAsync("queued_emails WHERE kind = 'order_confirmed'"));
        Assert.Equal(1, await CountAsync("audit_log WHERE action = 'order.confirmation_resent'"));
    }

    [Theory]
    [InlineData("UPDATE attendees SET status = 'refunded' WHERE organization_id = $1")]
    [InlineData("UPDATE events SET status = 'cancelled', cancelled_at = now() WHERE organization_id = $1")]
    [InlineData("UPDATE orders SET buyer_email = NULL WHERE organization_id = $1")]
    public async Task Resend_refuses_an_order_whose_tickets_are_not_to_be_sent(string change)
    {
        var manager = await Org.SignInAsync(Role.EventManager);
        var id = await BuyAsync(Org.Live);
        await PassAMinuteAsync();
        await Host.ExecuteSqlAsync(change, Org.Organization.Id);
        Assert.Equal("conflict", (await manager.GraphQLAsync(Resend, new { id })).ErrorCode);
    }

    [Fact]
    public async Task Resend_is_for_live_orders_and_for_event_managers()
    {
        var tester = await Org.SignInAsync(Role.EventManager, livemode: false);
        var scanner = await Org.SignInAsync(Role.CheckInOnly);
        var (id, test) = (await BuyAsync(Org.Live), await BuyAsync(Org.Test));
        Assert.Equal("unprocessable", (await tester.GraphQLAsync(Resend, new { id = test })).ErrorCode);
        Assert.Equal("not_found", (await tester.GraphQLAsync(Resend, new { id })).ErrorCode);
        Assert.Equal("forbidden", (await scanner.GraphQLAsync(Resend, new { id })).ErrorCode);
        Assert.Equal("forbidden", (await Org.Live.GraphQLAsync(Resend, new { id })).ErrorCode);
    }

    private async Task<string> BuyAsync(ApiClient seller)
    {
        var sold = await seller.SellAsync(Host);
        return (string)(await seller.GetAsync($"/api/v1/orders?event_id={sold.EventId}")).Json!["data"]![0]!["id"]!;
    }

    private Task PassAMinuteAsync() => Host.ExecuteSqlAsync(
        "UPDATE queued_emails SET created_at = created_at - interval '2 minutes' WHERE organization_id = $1",
        Org.Organization.Id);

    private async Task<long> CountAsync(string rows) =>
        (await Host.QuerySqlAsync<long>(
            $"SELECT count(*) FROM {rows} AND organization_id = $1", Org.Organization.Id))[0];
}
