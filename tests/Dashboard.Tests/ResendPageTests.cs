using Equaticket.Persistence.Team;

namespace Equaticket.Dashboard.Tests;

/// <summary>Resending tickets to their buyer from the order's page.</summary>
public sealed class ResendPageTests : DashboardTest
{
    [Fact]
    public async Task Tickets_are_resent_at_most_once_a_minute_and_recorded_in_the_security_log()
    {
        var path = await BuyAsync();
        using var client = await SignInAsync(Role.EventManager);
        var tooSoon = await client.PostAsync(path, "ResendOrderConfirmation");
        Assert.Equal(409, tooSoon.Status);
        Assert.Contains("less than a minute ago", tooSoon.Body, StringComparison.Ordinal);
        await PassAMinuteAsync();
        var sent = await client.PostAsync(path, "ResendOrderConfirmation");
        Assert.Equal((303, path), (sent.Status, sent.Location));
        Assert.Contains("on their way to the buyer", (await client.GetAsync(path)).Body, StringComparison.Ordinal);
        Assert.Equal(409, (await client.PostAsync(path, "ResendOrderConfirmation")).Status);
        Assert.Equal(2, await EmailsAsync());
        using var admin = await SignInAsync(Role.Admin);
        var log = (await admin.GetAsync($"{Live}/settings/security-log")).Body;
        Assert.Contains("The tickets of an order were sent to its buyer again", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_double_click_sends_one_email()
    {
        var path = await BuyAsync();
        await PassAMinuteAsync();
        using var client = await SignInAsync(Role.EventManager);
        var form = (await client.GetAsync(path)).FormOf("ResendOrderConfirmation");
        var answers = await Task.WhenAll(
            client.SendAsync(DashboardClient.Form(path, form)), client.SendAsync(DashboardClient.Form(path, form)));
        Assert.All(answers, answer => Assert.Equal(303, answer.Status));
        Assert.Equal(2, await EmailsAsync());
    }

    [Fact]
    public async Task Test_orders_and_redacted_orders_do_not_offer_resending()
    {
        var path = await BuyAsync();
        using var client = await SignInAsync(Role.Admin);
        await client.PostAsync(path, "RedactBuyer", ("_confirm", "redact"));
        Assert.DoesNotContain("ResendOrder", Forms(await client.GetAsync(path)), StringComparison.Ordinal);
        var sale = await Org.Test.CreatePublishedEventAsync();
        var types = await Org.Test.GetAsync($"/api/v1/events/{sale}/ticket-types");
        var order = await Host.SellAsync(Org.Test, sale, (string)types.Json!["data"]![0]!["id"]!);
        Assert.DoesNotContain(
            "ResendOrder", Forms(await client.GetAsync($"{Test}/orders/{order.OrderId}")), StringComparison.Ordinal);
    }

    private static string Forms(PageAnswer page) =>
        page.Body[..page.Body.IndexOf("class=\"as-call\"", StringComparison.Ordinal)];

    private async Task<string> BuyAsync()
    {
        var shop = await Org.Live.OpenShopAsync();
        return $"{Live}/orders/{(await Host.SellAsync(Org.Live, shop.Id, shop.TypeId)).OrderId}";
    }

    private Task PassAMinuteAsync() => Host.ExecuteSqlAsync(
        "UPDATE queued_emails SET created_at = created_at - interval '2 minutes' WHERE organization_id = $1",
        Org.Organization.Id);

    private async Task<long> EmailsAsync() => (await Host.QuerySqlAsync<long>(
        "SELECT count(*) FROM queued_emails WHERE organization_id = $1 AND kind = 'order_confirmed'",
        Org.Organization.Id))[0];
}
