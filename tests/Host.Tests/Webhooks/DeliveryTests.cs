using System.Net;
using System.Text.Json.Nodes;
using Equaticket.Testing.Webhooks;
using Microsoft.AspNetCore.Http;

namespace Equaticket.Host.Tests.Webhooks;

/// <summary>Which events are delivered to which webhooks, and the delivery history.</summary>
public sealed class DeliveryTests : WebhookTest
{
    protected override string RetrySchedule => "300ms";

    [Fact]
    public async Task A_ping_arrives_and_its_delivery_shows_the_attempt()
    {
        Endpoint.Answer = (_, http) => http.Response.WriteAsync("thank you");
        var id = await Org.Live.PingAsync(Webhook.Id);
        await UntilAttemptedAsync(id, 1);
        var received = Assert.Single(Endpoint.Received);
        Assert.Equal("application/json", received.Headers["Content-Type"]);
        Assert.Equal("Equaticket-Webhooks/1", received.Headers["User-Agent"]);
        var delivery = await DeliveryAsync(id);
        Assert.Equal(received.Body, delivery["payload"]!.ToJsonString());
        Assert.Equal(received.MessageId, (string?)delivery["payload"]!["id"]);
        Assert.Equal("succeeded", (string?)delivery["status"]);
        var attempt = delivery["attempts"]![0]!;
        Assert.Equal(
            (200, null, "thank you"),
            ((int)attempt["response_status"]!, (string?)attempt["error"], (string?)attempt["response_body"]));
    }

    [Fact]
    public async Task A_failure_is_explained_retried_and_listed_by_status_and_type()
    {
        Endpoint.AnswerWith(HttpStatusCode.ServiceUnavailable);
        var id = await Org.Live.PingAsync(Webhook.Id);
        var delivery = await UntilAttemptedAsync(id, 2);
        Assert.Equal("failed", (string?)delivery["status"]);
        Assert.Contains("503", (string?)delivery["attempts"]![0]!["error"], StringComparison.Ordinal);
        Endpoint.AnswerWith(HttpStatusCode.OK);
        var other = await Org.Live.PingAsync(Webhook.Id);
        await UntilAttemptedAsync(other, 1);

        Assert.Equal([other, id], await ListAsync(""));
        Assert.Equal([id], await ListAsync("?status=failed"));
        Assert.Equal([other], await ListAsync("?status=succeeded&type=webhook.ping"));
        Assert.Empty(await ListAsync("?type=order.created"));
    }

    [Fact]
    public async Task Only_redirects_are_called_redirects()
    {
        foreach (var status in new[] { 300, 301, 302, 303, 304, 307, 308 })
        {
            Endpoint.AnswerWith((HttpStatusCode)status);
            var delivery = await UntilAttemptedAsync(await Org.Live.PingAsync(Webhook.Id), 1);
            Assert.Equal(
                status == 304
                    ? "The endpoint responded with 304; only 200 to 299 counts as delivered."
                    : $"The endpoint responded with {status}; redirects are not followed.",
                (string?)delivery["attempts"]![0]!["error"]);
        }
    }

    [Fact]
    public async Task Redelivery_sends_the_same_message_again_or_all_that_failed_since_a_time()
    {
        Endpoint.AnswerWith(HttpStatusCode.InternalServerError);
        string[] ids = [await Org.Live.PingAsync(Webhook.Id), await Org.Live.PingAsync(Webhook.Id)];
        foreach (var id in ids)
            await UntilAttemptedAsync(id, 2);
        Endpoint.AnswerWith(HttpStatusCode.OK);

        var again = await Org.Live.PostAsync(
            $"/api/v1/webhooks/{Webhook.Id}/deliveries/{ids[0]}/redeliver");
        Assert.Equal((202, ids[0], "pending"), (again.Status, again.Id, (string?)again.Json!["status"]));
        var delivery = await UntilAttemptedAsync(ids[0], 3);
        Assert.Equal("succeeded", (string?)delivery["status"]);
        Assert.Equal(3, Endpoint.Received.Count(r => r.MessageId == (string?)delivery["message_id"]));

        var all = await Org.Live.GraphQLAsync(
            """
            mutation ($id: ID!, $since: DateTime!) {
              redeliverFailedWebhooks(id: $id, since: $since) { count }
            }
            """,
            new { id = Webhook.Id, since = "2020-01-01T00:00:00Z" });
        Assert.Equal(1, (int)all.Json!["data"]!["redeliverFailedWebhooks"]!["count"]!);
        Assert.Equal("succeeded", (string?)(await UntilAttemptedAsync(ids[1], 3))["status"]);
    }

    [Fact]
    public async Task POST_redeliver_failed_sends_what_failed_since_a_time_once_for_an_idempotency_key()
    {
        Endpoint.AnswerWith(HttpStatusCode.InternalServerError);
        var early = await Org.Live.PingAsync(Webhook.Id);
        var late = await UntilAttemptedAsync(await Org.Live.PingAsync(Webhook.Id), 2);
        await UntilAttemptedAsync(early, 2);
        Endpoint.AnswerWith(HttpStatusCode.OK);

        Task<ApiResponse> RedeliverAsync(string key) => Org.Live.SendAsync(
            HttpMethod.Post,
            $"/api/v1/webhooks/{Webhook.Id}/redeliver-failed",
            new { since = (string)late["created_at"]! },
            ("Idempotency-Key", key));
        var response = await RedeliverAsync("once");
        Assert.Equal((202, 1), (response.Status, (int)response.Json!["count"]!));
        Assert.Equal("succeeded", (string?)(await UntilAttemptedAsync((string)late["id"]!, 3))["status"]);
        Assert.Equal("failed", (string?)(await DeliveryAsync(early))["status"]);
        Assert.Equal(1, (int)(await RedeliverAsync("once")).Json!["count"]!);
        Assert.Equal(0, (int)(await RedeliverAsync("again")).Json!["count"]!);
    }

    [Fact]
    public async Task The_first_KiB_of_a_response_is_stored_without_partial_characters_or_U0000()
    {
        Endpoint.Answer = (_, http) => http.Response.WriteAsync("\0" + new string('é', 100_000));
        var delivery = await UntilAttemptedAsync(await Org.Live.PingAsync(Webhook.Id), 1);
        Assert.Equal(
            new string('é', 511), (string?)delivery["attempts"]![0]!["response_body"]);
    }

    [Fact]
    public async Task An_order_is_delivered_to_subscribed_webhooks_of_its_mode()
    {
        await using var elsewhere = await WebhookReceiver.StartAsync();
        await Org.Live.CreateWebhookAsync(new Uri(elsewhere.Address, "/refunds"), "order.refunded");
        await Org.Test.CreateWebhookAsync(new Uri(elsewhere.Address, "/test"), "order.created");
        var other = await Host.CreateOrganizationAsync();
        await other.Live.CreateWebhookAsync(new Uri(elsewhere.Address, "/other"), "order.created");

        await Org.Live.BuyFreeTicketAsync(Host);
        await Endpoint.UntilReceivedAsync(1);
        await Org.Test.BuyFreeTicketAsync(Host);
        await elsewhere.UntilReceivedAsync(1);
        Assert.Equal("/test", Assert.Single(elsewhere.Received).Path);
        var live = Assert.Single(Endpoint.Received);
        Assert.Equal("order.created", (string?)JsonNode.Parse(live.Body)!["type"]);
    }

    [Fact]
    public async Task Pending_deliveries_of_a_disabled_webhook_fail_and_nothing_more_is_sent()
    {
        Endpoint.Answer = async (_, http) => await Task.Delay(Timeout.Infinite, http.RequestAborted);
        await Org.Live.PingAsync(Webhook.Id);
        await Endpoint.UntilReceivedAsync(1);
        await Host.ExecuteSqlAsync("UPDATE webhook_queue SET due_at = now() + interval '1 hour'");
        var waiting = await Org.Live.PingAsync(Webhook.Id);
        Assert.Equal(200, (await ChangeWebhookAsync(new { status = "disabled" })).Status);
        Assert.Equal("failed", (string?)(await DeliveryAsync(waiting))["status"]);
        Assert.Empty(await Host.QuerySqlAsync<Guid>("SELECT delivery_id FROM webhook_queue"));
        await Org.Live.BuyFreeTicketAsync(Host);
        Assert.Empty(await Host.QuerySqlAsync<Guid>("SELECT delivery_id FROM webhook_queue"));
    }

    private async Task<IReadOnlyList<string>> ListAsync(string query) =>
        [.. (await Org.Live.GetAsync($"/api/v1/webhooks/{Webhook.Id}/deliveries{query}"))
            .Json!["data"]!.AsArray().Select(row => (string)row!["id"]!)];
}
