using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Equaticket.Schema.Webhooks.Addresses;
using Equaticket.Testing.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Equaticket.Schema.Tests.Webhooks;

/// <summary>Failures on our side do not count against an endpoint.</summary>
public sealed class OwnFaultsTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly LogCapture _log = new();
    private readonly Resolver _resolver = new();
    private TestHost _host = null!;
    private TestOrganization _org = null!;
    private WebhookReceiver _endpoint = null!;
    private string _webhookId = null!;

    public static TheoryData<string> Faults =>
    [
        nameof(InvalidOperationException), nameof(OutOfMemoryException), nameof(TimeoutException),
        nameof(SocketError.TooManyOpenSockets), nameof(SocketError.NoBufferSpaceAvailable),
    ];

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(configure: builder =>
        {
            builder.Logging.AddProvider(_log);
            builder.Configuration.AddInMemoryCollection(WebhookSeed.LoopbackSettings("1s"));
            builder.Services.AddSingleton<TimeProvider>(_clock);
            builder.Services.AddSingleton<IHostResolver>(_resolver);
        });
        _org = await _host.CreateOrganizationAsync();
        _endpoint = await WebhookReceiver.StartAsync();
        _webhookId = (await _org.Live.CreateWebhookAsync(_endpoint.Address)).Id;
    }

    public async Task DisposeAsync()
    {
        var stopping = _host.DisposeAsync().AsTask();
        await Poll.UntilAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(stopping.IsCompleted);
            });
        await _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task A_secret_that_cannot_be_decrypted_is_our_fault()
    {
        var secret = (await _host.QuerySqlAsync<byte[]>("SELECT secret FROM webhooks"))[0];
        await _host.ExecuteSqlAsync("UPDATE webhooks SET secret = '\\x00'");
        await AssertPutOffAsync(await _org.Live.PingAsync(_webhookId));
        Assert.Empty(_endpoint.Received);
        await _host.ExecuteSqlAsync("UPDATE webhooks SET secret = $1", secret);
        await AssertDeliveredAsync();
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_failure_of_this_host_while_connecting_is_our_fault(string fault)
    {
        _resolver.Fault = () => fault switch
        {
            nameof(InvalidOperationException) => new InvalidOperationException("A bug."),
            nameof(OutOfMemoryException) => new InsufficientMemoryException(),
            nameof(TimeoutException) => new Npgsql.NpgsqlException("No.", new TimeoutException()),
            _ => new SocketException((int)Enum.Parse<SocketError>(fault)),
        };
        await AssertPutOffAsync(await _org.Live.PingAsync(_webhookId));
        _resolver.Fault = null;
        await AssertDeliveredAsync();
    }

    [Fact]
    public async Task A_delivery_that_waits_for_us_is_retried_less_and_less_often()
    {
        _resolver.Fault = () => new InvalidOperationException("A bug.");
        var id = await _org.Live.PingAsync(_webhookId);
        await AssertPutOffAsync(id);
        Assert.InRange(await DueInAsync(), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        var seen = _log.Lines.Count(IsOfDelivery);
        _clock.Advance(TimeSpan.FromHours(100));
        await UntilAsync(() => _log.Lines.Count(IsOfDelivery) > seen);
        await UntilAsync(async () => await DueInAsync() > TimeSpan.FromMinutes(5));
        Assert.True(await DueInAsync() < TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_delivery_that_cannot_be_read_does_not_delay_others()
    {
        _resolver.Fault = () => new InvalidOperationException("A bug.");
        var id = await _org.Live.PingAsync(_webhookId);
        await AssertPutOffAsync(id);
        await _host.ExecuteSqlAsync("UPDATE webhook_events SET type = 'order.lost'");
        _resolver.Fault = null;
        _clock.Advance(TimeSpan.FromMinutes(1));
        var other = await _org.Live.PingAsync(_webhookId);
        await _endpoint.UntilReceivedAsync(1);
        Assert.Equal(
            [$"{id}"],
            (await _host.QuerySqlAsync<Guid>(
                "SELECT id FROM webhook_deliveries WHERE id <> $1 AND attempts = '[]'", Guid.Parse(other)))
                .Select(delivery => $"{delivery}"));
    }

    [Fact]
    public async Task An_endpoint_that_disconnects_or_sends_invalid_HTTP_is_at_fault()
    {
        _endpoint.Answer = (_, http) =>
        {
            http.Abort();
            return Task.CompletedTask;
        };
        Assert.Matches("broke off|reset", await ErrorOfPingAsync());
        await _endpoint.DisposeAsync();
        Assert.Contains("refused", await ErrorOfPingAsync(), StringComparison.Ordinal);
        _resolver.Addresses = [];
        Assert.Contains("does not resolve", await ErrorOfPingAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(_log.Lines, IsOfDelivery);
    }

    /// <summary>Waits until the delivery was attempted and released, without notifying its owner.</summary>
    private async Task AssertPutOffAsync(string id)
    {
        await UntilAsync(() => _log.Lines.Any(IsOfDelivery));
        await UntilAsync(async () => await DueInAsync() > TimeSpan.Zero);
        Assert.Contains(_log.Lines, line => IsOfDelivery(line) && line.Text.Contains(id, StringComparison.Ordinal));
        var delivery = (await _org.Live.GetAsync($"/api/v1/webhooks/{_webhookId}/deliveries/{id}")).Json!;
        Assert.Empty(delivery["attempts"]!.AsArray());
        Assert.Equal("pending", (string?)delivery["status"]);
        Assert.NotNull(delivery["next_attempt_at"]);
        Assert.Empty(await _host.QuerySqlAsync<Guid>(
            "SELECT id FROM webhooks WHERE failing_since IS NOT NULL OR status <> 'enabled'"));
    }

    private async Task AssertDeliveredAsync()
    {
        _clock.Advance(TimeSpan.FromSeconds(20));
        await _endpoint.UntilReceivedAsync(1);
        await UntilAsync(async () => (await _host.QuerySqlAsync<Guid>(
            "SELECT id FROM webhook_deliveries WHERE status = 'succeeded'")).Count == 1);
        Assert.Equal(
            [1], await _host.QuerySqlAsync<int>("SELECT jsonb_array_length(attempts) FROM webhook_deliveries"));
    }

    private async Task<string> ErrorOfPingAsync()
    {
        var id = await _org.Live.PingAsync(_webhookId);
        JsonNode? attempt = null;
        await UntilAsync(async () => (attempt = (await _org.Live.GetAsync(
            $"/api/v1/webhooks/{_webhookId}/deliveries/{id}")).Json!["attempts"]!.AsArray().FirstOrDefault())
            is not null);
        return (string)attempt!["error"]!;
    }

    private async Task<TimeSpan> DueInAsync()
    {
        var due = await _host.QuerySqlAsync<DateTime>(
            "SELECT due_at FROM webhook_queue WHERE leased_until IS NULL");
        return due.Count == 0 ? TimeSpan.Zero : due[0] - _clock.GetUtcNow().UtcDateTime;
    }

    private static bool IsOfDelivery((LogLevel Level, string Text) line) =>
        line.Level == LogLevel.Error && line.Text.StartsWith("Delivery ", StringComparison.Ordinal);

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private static Task UntilAsync(Func<Task<bool>> condition) =>
        Poll.UntilAsync(condition);

    private sealed class Resolver : IHostResolver
    {
        public Func<Exception>? Fault { get; set; }

        public IReadOnlyList<IPAddress> Addresses { get; set; } = [IPAddress.Loopback];

        public Task<IReadOnlyList<IPAddress>> ResolveAsync(
            string host, CancellationToken cancellationToken) =>
            Fault is { } fault ? throw fault() : Task.FromResult(Addresses);
    }
}
