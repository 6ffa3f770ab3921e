using Equaticket.Host.Webhooks;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Webhooks;
using Equaticket.Schema.Webhooks.Sending;
using Equaticket.Testing.Webhooks;

namespace Equaticket.Host.Tests.Webhooks;

/// <summary>What <c>webhooks listen</c> and <c>webhooks trigger</c> do.</summary>
public sealed class EventForwarderTests : WebhookTest
{
    [Fact]
    public async Task Test_events_are_forwarded_once_and_signed_and_live_ones_are_not()
    {
        var secret = WebhookSecrets.Create();
        using var events = new TestEvents(Host.Address, Org.Test.Secret);
        await events.MakeAsync(WebhookEventType.OrderRefunded, CancellationToken.None);
        await using var local = await WebhookReceiver.StartAsync();
        using var forwarder = new EventForwarder(events, local.Address, secret, TimeProvider.System);
        using var ending = new CancellationTokenSource();
        var lines = new List<string>();
        var forwarding = forwarder.RunAsync(lines.Add, ending.Token);
        await Org.Live.BuyFreeTicketAsync(Host);
        foreach (var type in Enum.GetValues<WebhookEventType>())
            await events.MakeAsync(type, CancellationToken.None);
        await local.UntilReceivedAsync(Enum.GetValues<WebhookEventType>().Length);
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => forwarding);

        Assert.Equal(
            Enum.GetValues<WebhookEventType>().Length,
            local.Received.Select(received => received.MessageId).Distinct().Count());
        Assert.All(local.Received, received => Assert.Equal(
            WebhookSignature.Of(
                received.MessageId,
                long.Parse(received.Headers["webhook-timestamp"]),
                System.Text.Encoding.UTF8.GetBytes(received.Body),
                [Convert.FromBase64String(secret["whsec_".Length..])]),
            received.Headers["webhook-signature"]));
    }

    [Fact]
    public void A_live_key_is_refused() =>
        Assert.Contains("test key", Assert.Throws<Hosting.ConfigurationException>(
            () => new TestEvents(Host.Address, Org.Live.Secret)).Message, StringComparison.Ordinal);
}
