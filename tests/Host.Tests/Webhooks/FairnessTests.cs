using Equaticket.Testing.Webhooks;

namespace Equaticket.Host.Tests.Webhooks;

/// <summary>Endpoints and hosts do not affect other deliveries.</summary>
public sealed class FairnessTests : WebhookTest
{
    private const int Many = 400;

    protected override string RetrySchedule => "1h";

    [Fact]
    public async Task Hundreds_of_deliveries_to_a_dead_endpoint_do_not_delay_another_endpoint()
    {
        Endpoint.Answer = async (_, http) => await Task.Delay(Timeout.Infinite, http.RequestAborted);
        await WebhookEventSeed.AddAsync(Host, Org, Many);
        await Endpoint.UntilReceivedAsync(1);
        await using var healthy = await WebhookReceiver.StartAsync();
        var webhook = await Org.Live.CreateWebhookAsync(healthy.Address);
        await Org.Live.PingAsync(webhook.Id);
        await healthy.UntilReceivedAsync(1);
        Assert.Equal([0L], await Host.QuerySqlAsync<long>(
            "SELECT count(*) FROM webhook_deliveries WHERE webhook_id = $1 AND jsonb_array_length(attempts) > 0",
            Guid.Parse(Webhook.Id)));
        Assert.InRange(Endpoint.Received.Count, 1, 64);
    }

    [Fact]
    public async Task Two_hosts_deliver_each_message_once()
    {
        await using var other = await StartHostAsync(Host.ConnectionString);
        await WebhookEventSeed.AddAsync(Host, Org, Many);
        await Endpoint.UntilReceivedAsync(Many, TimeSpan.FromSeconds(60));
        await UntilQueuedAsync(0);
        Assert.Equal(Many, Endpoint.Received.Select(r => r.MessageId).Distinct().Count());
        Assert.Equal(Many, Endpoint.Received.Count);
    }

    [Fact]
    public async Task Claims_of_a_dead_host_are_sent_after_their_lease()
    {
        await Host.ExecuteSqlAsync(
            "ALTER TABLE webhook_queue ALTER COLUMN leased_until SET DEFAULT now() + interval '1 hour'");
        await WebhookEventSeed.AddAsync(Host, Org, 1);
        await Host.ExecuteSqlAsync("ALTER TABLE webhook_queue ALTER COLUMN leased_until DROP DEFAULT");
        await WebhookEventSeed.AddAsync(Host, Org, 1);
        await Endpoint.UntilReceivedAsync(1);
        await UntilQueuedAsync(1);
        Assert.Single(Endpoint.Received);

        await Host.ExecuteSqlAsync("UPDATE webhook_queue SET leased_until = now()");
        await UntilQueuedAsync(0);
        Assert.Equal(2, Endpoint.Received.Select(received => received.MessageId).Distinct().Count());
    }

    private Task UntilQueuedAsync(long count) => Poll.UntilAsync(
        async () => (await Host.QuerySqlAsync<long>("SELECT count(*) FROM webhook_queue"))[0] == count);
}
