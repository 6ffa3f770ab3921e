using System.Text.Json.Nodes;
using Equaticket.Testing.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Equaticket.Host.Tests.Webhooks;

/// <summary>A separate host that may deliver to loopback addresses, and an endpoint.</summary>
public abstract class WebhookTest : IAsyncLifetime
{
    private const string Path = "/api/v1/webhooks";

    protected TestHost Host { get; private set; } = null!;

    protected TestOrganization Org { get; private set; } = null!;

    protected WebhookReceiver Endpoint { get; private set; } = null!;

    /// <summary>The live webhook for <see cref="Endpoint"/>, which subscribes to all event types.</summary>
    protected ApiResponse Webhook { get; private set; } = null!;

    /// <summary>The host's clock; null for the system clock.</summary>
    protected virtual FakeTimeProvider? Clock => null;

    protected virtual string RetrySchedule => "5s,5m,30m,2h,5h,10h,14h,20h,24h";

    public virtual async Task InitializeAsync()
    {
        Host = await StartHostAsync();
        Org = await Host.CreateOrganizationAsync();
        Endpoint = await WebhookReceiver.StartAsync();
        Webhook = await Org.Live.CreateWebhookAsync(Endpoint.Address);
    }

    public virtual async Task DisposeAsync()
    {
        // Advances the clock, so that code that waits for it doesn't prevent the host from stopping.
        var stopping = Host.DisposeAsync().AsTask();
        await Poll.UntilAsync(
            () =>
            {
                Clock?.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(stopping.IsCompleted);
            });
        await stopping;
        await Endpoint.DisposeAsync();
    }

    protected Task<TestHost> StartHostAsync(string? connectionString = null) =>
        TestHost.StartAsync(connectionString, builder =>
        {
            builder.Configuration.AddInMemoryCollection(WebhookSeed.LoopbackSettings(RetrySchedule));
            if (Clock is { } clock)
                builder.Services.AddSingleton<TimeProvider>(clock);
        });

    protected async Task<JsonNode> DeliveryAsync(string deliveryId, string? webhookId = null) =>
        (await Org.Live.GetAsync($"{Path}/{webhookId ?? Webhook.Id}/deliveries/{deliveryId}")).Json!;

    /// <returns>The delivery once it has this many attempts.</returns>
    protected async Task<JsonNode> UntilAttemptedAsync(string deliveryId, int attempts)
    {
        JsonNode? delivery = null;
        await Poll.UntilAsync(
            async () => (delivery = await DeliveryAsync(deliveryId))["attempts"]!.AsArray().Count
                >= attempts);
        return delivery!;
    }

    protected async Task<JsonNode> ReadWebhookAsync() =>
        (await Org.Live.GetAsync($"{Path}/{Webhook.Id}")).Json!;

    protected Task<ApiResponse> ChangeWebhookAsync(object change) =>
        Org.Live.PatchAsync($"{Path}/{Webhook.Id}", change);

    protected Task<ApiResponse> RotateAsync() =>
        Org.Live.PostAsync($"{Path}/{Webhook.Id}/rotate-secret");

    protected static DateTimeOffset Time(JsonNode? node) =>
        DateTimeOffset.Parse((string)node!, System.Globalization.CultureInfo.InvariantCulture);
}
