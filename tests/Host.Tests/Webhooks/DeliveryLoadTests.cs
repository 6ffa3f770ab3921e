using System.Collections.Concurrent;
using Equaticket.Host.Tests.Serving;
using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using Equaticket.Persistence.Webhooks;
using Equaticket.Testing.Webhooks;
using Microsoft.AspNetCore.Http;
using Xunit.Abstractions;

namespace Equaticket.Host.Tests.Webhooks;

/// <summary>
/// 2,000 events at 50 per second to 20 endpoints, of which 5 are dead, 5 are slow, and 2 flap. There are two hosts, one
/// of which is killed twice.
/// </summary>
[Trait("Category", "Long")]
public sealed class DeliveryLoadTests(ITestOutputHelper output) : WebhookTest
{
    private const int Events = 2_000;
    private const int PerSecond = 50;
    private const int Kills = 2;
    private const int EveryForSlow = Events / 50;

    private static readonly string[] Both = ["order.created", "event.sold_out"];
    private static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _committed = new();
    private readonly List<DateTimeOffset> _kills = [];

    protected override string RetrySchedule => "500ms,1s,2s,4s,8s,16s,30s,60s";

    [Fact]
    public async Task Every_event_reaches_every_live_endpoint_and_the_healthy_ones_on_time()
    {
        Endpoint.Answer = AnswerAsync;
        await CreateEndpointsAsync();
        var killing = KillTwiceAsync();
        await HappenAsync();
        await killing;
        string[] live = [.. Paths("healthy", 7), "/", .. Paths("flap", 2)];
        await Poll.UntilAsync(
            () => Task.FromResult(live.All(path => Delivered(path).Count == Events)
                && Paths("slow", 5).All(path => Delivered(path).Count == Events / EveryForSlow)),
            TimeSpan.FromMinutes(5));
        AssertSameBytes();
        AssertInTime([.. Paths("healthy", 7), "/"]);
    }

    private static IEnumerable<string> Paths(string kind, int count) =>
        Enumerable.Range(0, count).Select(number => $"/{kind}/{number}");

    private async Task CreateEndpointsAsync()
    {
        await ChangeWebhookAsync(new { events = Both });
        foreach (var path in Paths("healthy", 7).Concat(Paths("flap", 2)).Concat(Paths("hangs", 2)))
            await Org.Live.CreateWebhookAsync(new Uri(Endpoint.Address, path), Both);

        foreach (var path in Paths("slow", 5))
            await Org.Live.CreateWebhookAsync(new Uri(Endpoint.Address, path), "event.sold_out");
        foreach (var path in Paths("closed", 3))
            await Org.Live.CreateWebhookAsync(new Uri($"http://127.0.0.1:1{path}"), Both);
    }

    private Task AnswerAsync(ReceivedWebhook received, HttpContext http)
    {
        if (received.Path.StartsWith("/flap", StringComparison.Ordinal)
            && received.ReceivedAt.Second % 4 < 2)
            http.Response.StatusCode = 503;
        return received.Path.Split('/')[1] switch
        {
            "slow" => Task.Delay(TimeSpan.FromSeconds(5), http.RequestAborted),
            "hangs" => Task.Delay(Timeout.Infinite, http.RequestAborted),
            _ => Task.CompletedTask,
        };
    }

    private async Task KillTwiceAsync()
    {
        for (var number = 0; number < Kills; number++)
        {
            await using var host = await RunningHost.StartAsync(
                Path.GetTempPath(), words: null,
                ("ConnectionStrings__Equaticket", Host.ConnectionString),
                ("ASPNETCORE_ENVIRONMENT", "Development"),
                ("WarmUp__Enabled", "true"),
                ("DOTNET_TC_CallCounting", "1"),
                ("Webhooks__ExemptHosts", "127.0.0.1"),
                ("Webhooks__RetrySchedule", RetrySchedule));
            await Poll.UntilAsync(
                () => Task.FromResult(_committed.Count >= Events / 4 * (_kills.Count + 1)),
                TimeSpan.FromMinutes(2));
            await host.KillAsync();
            _kills.Add(TimeProvider.System.GetUtcNow());
        }
    }

    private async Task HappenAsync()
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(1d / PerSecond));
        for (var number = 0; number < Events; number++)
        {
            await ticks.WaitForNextTickAsync();
            await HappenAsync(number % EveryForSlow == 0
                ? WebhookEventType.EventSoldOut
                : WebhookEventType.OrderCreated);
        }
    }

    private async Task HappenAsync(WebhookEventType type)
    {
        var stamp = Host.Get<RowStamps>().Next();
        await using var database = Host.Get<TenantContexts>().Lease(Org.Scope(livemode: true));
        await using var transaction = await database.Database.BeginTransactionAsync();
        database.QueuesDeliveries = true;
        database.Add(new WebhookEvent
        {
            Id = stamp.Id,
            Type = type,
            Data = $$"""{"order_id":"{{stamp.Id}}"}""",
            CreatedAt = stamp.CreatedAt,
        });
        await database.SaveChangesAsync();
        await transaction.CommitAsync();
        _committed[$"evt_{stamp.Id:N}"] = TimeProvider.System.GetUtcNow();
    }

    private HashSet<string> Delivered(string path) => [.. Endpoint.Received
        .Where(r => r.Path == path).Select(r => r.MessageId)];

    private void AssertSameBytes() => Assert.All(
        Endpoint.Received.GroupBy(received => received.MessageId),
        message => Assert.Single(message.Select(received => received.Body).Distinct()));

    private void AssertInTime(string[] healthy)
    {
        var waits = Endpoint.Received.Where(r => healthy.Contains(r.Path))
            .GroupBy(received => (received.Path, received.MessageId))
            .Select(group => (
                Committed: _committed[group.Key.MessageId],
                Received: group.Min(received => received.ReceivedAt)))
            .Where(pair => !_kills.Exists(kill =>
                pair.Committed > kill - TimeSpan.FromSeconds(1) && pair.Committed < kill + AfterKill))
            .Select(pair => pair.Received - pair.Committed).Order().ToList();
        var (median, late) = (waits[waits.Count / 2], waits[(int)(waits.Count * 0.95)]);
        output.WriteLine(
            $"{waits.Count} deliveries: median {median.TotalMilliseconds:0} ms, "
            + $"95 % {late.TotalMilliseconds:0} ms; {Endpoint.Received.Count} requests in all.");
        Assert.True(late < TimeSpan.FromSeconds(2), $"95 % took up to {late}.");
    }
}
