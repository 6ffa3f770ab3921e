using System.Text.Json;
using System.Text.RegularExpressions;
using Equaticket.Persistence.Team;
using Equaticket.Testing.Webhooks;

namespace Equaticket.Dashboard.Tests;

/// <summary>Webhooks in the dashboard, without JavaScript.</summary>
public sealed class WebhookPageTests : DashboardTest
{
    private string List => $"{Live}/settings/developer/webhooks";

    [Fact]
    public async Task The_form_of_a_new_webhook_shows_what_each_event_sends()
    {
        using var client = await SignInAsync(Role.Admin);
        var page = (await client.GetAsync($"{List}/new")).Body;
        var examples = Regex.Matches(page, "<pre tabindex=\"0\"><code>({.*?})</code>", RegexOptions.Singleline)
            .Select(match => System.Net.WebUtility.HtmlDecode(match.Groups[1].Value))
            .Select(text => JsonSerializer.Deserialize<JsonElement>(text).GetProperty("type").GetString());
        Assert.Equal(
            ["order.created", "order.refunded", "event.sold_out", "ticket.checked_in", "webhook.ping"], examples);
        Assert.Contains("<code>total_amount</code>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redelivering_failed_deliveries_shows_its_progress()
    {
        var (path, id) = await CreateAsync();
        await FailAsync(id, count: 3);
        using var client = await SignInAsync(Role.Admin);
        var answer = await client.PostAsync(path, "RedeliverFailedWebhooks", ("since", "2020-01-01T00:00"));
        Assert.Equal((303, $"{path}?redelivered=3"), (answer.Status, answer.Location));
        Assert.Contains(
            "0 of 3 messages processed", (await client.GetAsync(answer.Location!)).Body, StringComparison.Ordinal);
        await EndOneAsync(id);
        var page = (await client.GetAsync(answer.Location!)).Body;
        Assert.Contains("1 of 3 messages processed", page, StringComparison.Ordinal);
        Assert.Contains("max=\"3\" value=\"1\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"redelivery\"", (await client.GetAsync(path)).Body, StringComparison.Ordinal);
        var none = await client.PostAsync(path, "RedeliverFailedWebhooks", ("since", "2098-01-01T00:00"));
        Assert.Contains(
            "No messages have failed", (await client.GetAsync(none.Location!)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliveries_are_filtered_by_time()
    {
        var (path, id) = await CreateAsync();
        await FailAsync(id, count: 1);
        using var client = await SignInAsync(Role.Admin);
        Assert.Contains(
            "evt_", (await client.GetAsync($"{path}?created_after=2020-01-01T00:00")).Body, StringComparison.Ordinal);
        Assert.Contains(
            "No deliveries match.",
            (await client.GetAsync($"{path}?created_before=2020-01-01T00:00")).Body, StringComparison.Ordinal);
        var wrong = await client.GetAsync($"{path}?created_before=soon");
        Assert.Equal(400, wrong.Status);
        Assert.Contains("<a href=\"#created_before\">", wrong.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_shows_since_when_it_has_been_failing_and_until_when_its_old_secret_signs()
    {
        var (path, id) = await CreateAsync();
        using var owner = await SignInAsync(Role.Owner);
        Assert.DoesNotContain("Old secret", (await owner.GetAsync(path)).Body, StringComparison.Ordinal);
        Assert.Equal(200, (await owner.PostAsync(path, "RotateWebhookSecret")).Status);
        await Host.ExecuteSqlAsync("UPDATE webhooks SET failing_since = now() WHERE id = $1", id);
        var page = (await owner.GetAsync(path)).Body;
        Assert.Contains("Old secret", page, StringComparison.Ordinal);
        Assert.Contains("Failing since", page, StringComparison.Ordinal);
        await Host.ExecuteSqlAsync(
            "UPDATE webhooks SET previous_secret_expires_at = now() - interval '1 minute' WHERE id = $1", id);
        Assert.DoesNotContain("Old secret", (await owner.GetAsync(path)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delivery_shows_the_request_as_it_is_sent()
    {
        var (path, id) = await CreateAsync();
        var delivery = await Org.Live.PingAsync($"{id}");
        using var client = await SignInAsync(Role.Admin);
        var page = (await client.GetAsync($"{path}/deliveries/{delivery}")).Body;
        Assert.Contains("POST https://hooks.example.com/\n", page, StringComparison.Ordinal);
        Assert.Contains("webhook-id: evt_", page, StringComparison.Ordinal);
    }

    private async Task<(string Path, Guid Id)> CreateAsync()
    {
        var id = (await Org.Live.CreateWebhookAsync(new("https://hooks.example.com/"))).Id;
        return ($"{List}/{id}", Guid.Parse(id));
    }

    /// <summary>Adds failed deliveries without sending anything.</summary>
    private async Task FailAsync(Guid webhookId, int count)
    {
        for (var number = 0; number < count; number++)
            await Org.Live.PingAsync($"{webhookId}");
        await Host.ExecuteSqlAsync("DELETE FROM webhook_queue WHERE webhook_id = $1", webhookId);
        await Host.ExecuteSqlAsync(
            "UPDATE webhook_deliveries SET status = 'failed' WHERE webhook_id = $1", webhookId);
    }

    private Task EndOneAsync(Guid webhookId) => Host.ExecuteSqlAsync(
        """
        UPDATE webhook_deliveries SET status = 'succeeded'
        WHERE id = (SELECT id FROM webhook_deliveries WHERE webhook_id = $1 ORDER BY id LIMIT 1)
        """,
        webhookId);
}
