using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Equaticket.Host.Webhooks;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Webhooks;
using Equaticket.Schema.Webhooks.Sending;
using Equaticket.Testing.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Equaticket.Host.Tests.Webhooks;

/// <summary>What <c>webhooks listen</c> and <c>webhooks trigger</c> do, with a clock controlled by the test.</summary>
public sealed class EventForwarderTests : WebhookTest
{
    private readonly string _secret = WebhookSecrets.Create();
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>A proxy in front of the host, to simulate outages.</summary>
    private WebhookReceiver _api = null!;

    private WebhookReceiver _local = null!;

    protected override FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        (_api, _local) = (await WebhookReceiver.StartAsync(), await WebhookReceiver.StartAsync());
        _api.Answer = ApiFront.PassOnTo(Host);
    }

    public override async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        await _local.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Test_events_are_forwarded_once_and_signed_and_live_ones_are_not()
    {
        await MakeAsync();
        await ForwardAsync(async () =>
        {
            await Org.Live.BuyFreeTicketAsync(Host);
            var made = new List<string>();
            foreach (var type in Enum.GetValues<WebhookEventType>())
                made.Add(type == WebhookEventType.WebhookPing ? await PingAsync() : await MakeAsync(type));
            await UntilAsync(() => _local.Received.Count >= made.Count);
            Assert.Equal(made, _local.Received.Select(received => received.MessageId));
        });
        Assert.All(_local.Received, received => Assert.Equal(
            WebhookSignature.Of(
                received.MessageId,
                long.Parse(received.Headers["webhook-timestamp"]),
                Encoding.UTF8.GetBytes(received.Body),
                [Convert.FromBase64String(_secret["whsec_".Length..])]),
            received.Headers["webhook-signature"]));
    }

    [Fact]
    public async Task Events_during_a_slow_handler_are_forwarded_afterwards_in_order() =>
        await ForwardAsync(async () =>
        {
            var mayEnd = new TaskCompletionSource();
            _local.Answer = (_, _) => mayEnd.Task;
            var made = new List<string> { await MakeAsync() };
            await UntilAsync(() => _local.Received.Count == 1);
            made.Add(await MakeAsync());
            made.Add(await MakeAsync());
            Clock.Advance(TimeSpan.FromMinutes(10));
            mayEnd.SetResult();
            await UntilAsync(() => _lines.Count == 3);
            Assert.Equal(made, _local.Received.Select(received => received.MessageId));
            Assert.All(_lines, line => Assert.Contains("  200  ", line, StringComparison.Ordinal));
        });

    [Fact]
    public async Task A_handler_that_does_not_respond_is_reported_and_delays_no_other_event() =>
        await ForwardAsync(
            async () =>
            {
                _local.Answer = (_, http) => Task.Delay(Timeout.Infinite, http.RequestAborted);
                await MakeAsync();
                await UntilAsync(() => _local.Received.Count == 1);
                _local.AnswerWith(HttpStatusCode.Accepted);
                await MakeAsync();
                await UntilAsync(() => _lines.Count == 2);
                Assert.Contains("No response within 10 s.", _lines.First(), StringComparison.Ordinal);
                Assert.Contains("  202  ", _lines.Last(), StringComparison.Ordinal);
            },
            TimeSpan.FromSeconds(10));

    [Fact]
    public async Task Every_outage_of_the_API_is_reported_and_nothing_is_lost()
    {
        (string Told, Func<ReceivedWebhook, HttpContext, Task> Trouble)[] troubles =
        [
            (" responds with 503. Retrying in 40 s.", (_, http) => ApiFront.AnswerAsync(http, 503, "<html>")),
            ("Wait. Retrying in 40 s.", (_, http) => ApiFront.RefuseAsync(http, 429, "rate_limited")),
            ("Wait. Retrying in 40 s.", (_, http) => ApiFront.RefuseAsync(http, 200, "unavailable")),
            (" does not respond: ", (_, http) => Task.Run(http.Abort)),
            (" does not respond: ", (_, http) => Task.Delay(Timeout.Infinite, http.RequestAborted)),
        ];
        await ForwardAsync(async () =>
        {
            foreach (var (told, trouble) in troubles)
            {
                var (lines, forwarded) = (_lines.Count, _local.Received.Count);
                _api.Answer = trouble;
                await MakeAsync();
                await UntilAsync(() => _lines.Skip(lines)
                    .Any(line => line.Contains(told, StringComparison.Ordinal)));
                _api.Answer = ApiFront.PassOnTo(Host);
                Clock.Advance(TimeSpan.FromMinutes(10));
                await UntilAsync(() => _local.Received.Count > forwarded);
            }
        });
        Assert.Equal(
            troubles.Length, _local.Received.Select(received => received.MessageId).Distinct().Count());
    }

    [Fact]
    public async Task A_refused_key_stops_the_forwarder()
    {
        using var events = new TestWebhookEvents(Host.Address, "sk_test_unknown");
        using var forwarder = new EventForwarder(events, _local.Address, _secret, Clock);
        var refusal = await Assert.ThrowsAsync<Hosting.ConfigurationException>(
            () => forwarder.RunAsync(_lines.Enqueue, CancellationToken.None));
        Assert.Contains("key", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_lines);
    }

    [Fact]
    public void A_live_key_is_refused() =>
        Assert.Contains("test key", Assert.Throws<Hosting.ConfigurationException>(
            () => new TestWebhookEvents(Host.Address, Org.Live.Secret)).Message, StringComparison.Ordinal);

    /// <summary>Runs the forwarder while events occur.</summary>
    private async Task ForwardAsync(Func<Task> happen, TimeSpan? timeout = null)
    {
        using var events = new TestWebhookEvents(_api.Address, Org.Test.Secret)
        {
            Timeout = TimeSpan.FromSeconds(3),
        };
        using var forwarder = new EventForwarder(events, _local.Address, _secret, Clock)
        {
            Timeout = timeout ?? TimeSpan.FromDays(1),
        };
        using var ending = new CancellationTokenSource();
        var forwarding = forwarder.RunAsync(_lines.Enqueue, ending.Token);
        // The forwarder forwards only events that occur after its first poll.
        await UntilAsync(() => _api.Received.Count >= 2);
        await happen();
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => forwarding);
    }

    private async Task<string> MakeAsync(WebhookEventType type = WebhookEventType.OrderRefunded)
    {
        using var events = new TestWebhookEvents(Host.Address, Org.Test.Secret);
        // Simultaneous events have no order.
        Clock.Advance(TimeSpan.FromSeconds(1));
        return (await events.MakeAsync(type, CancellationToken.None)).Id;
    }

    private async Task<string> PingAsync()
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        var webhook = await Org.Test.CreateWebhookAsync(Endpoint.Address);
        var delivery = await Org.Test.PostAsync($"/api/v1/webhooks/{webhook.Id}/ping");
        return (string)delivery.Json!["message_id"]!;
    }

    private Task UntilAsync(Func<bool> condition) => Poll.UntilAsync(
        () =>
        {
            Clock.Advance(TimeSpan.FromMilliseconds(100));
            return Task.FromResult(condition());
        });
}
