using System.Collections.Concurrent;
using System.Text;
using Equaticket.Host.Telemetry;
using Equaticket.Persistence.Team;
using Equaticket.Testing.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Span = System.Diagnostics.Activity;

namespace Equaticket.Host.Tests.Telemetry;

/// <summary>A host that exports all telemetry, after typical requests.</summary>
public sealed class ObservedHost : IAsyncLifetime
{
    public const string RequestId = "req_observed";
    private const string Client = "203.0.113.77";
    private const string Name = "Grace Hopper";
    private const string Email = "grace.hopper@buyers.example";
    private const string Path = "hook-5ecre7";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly ConcurrentBag<Span> _spans = [];
    private readonly LogCapture _logs = new();
    private readonly List<string> _secrets = [Client, Name, Email, Path];
    private WebhookReceiver _endpoint = null!;

    public TestHost Host { get; private set; } = null!;

    public Uri MetricsUrl { get; private set; } = null!;

    public IReadOnlyCollection<Span> Spans => _spans;

    public string Metrics { get; private set; } = "";

    public IReadOnlyList<string> Secrets => _secrets;

    public string Emitted => $"{Metrics}\n{string.Join('\n', _spans.Select(Text))}\n"
        + string.Join('\n', _logs.Lines.Select(line => line.Text));

    public async Task InitializeAsync()
    {
        _endpoint = await WebhookReceiver.StartAsync();
        Host = await TestHost.StartAsync(configure: builder =>
        {
            builder.Configuration.AddInMemoryCollection(WebhookSeed.LoopbackSettings());
            // No process listens on this port.
            builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1";
            builder.Configuration["Metrics:Port"] = "0";
            builder.Configuration["Proxies:Trusted"] = "127.0.0.0/8";
            builder.Configuration["RateLimits:PublicPerMinute"] = "2";
            builder.Logging.AddProvider(_logs);
            builder.Services.ConfigureOpenTelemetryTracerProvider(tracing =>
                tracing.AddProcessor(new SimpleActivityExportProcessor(new Exporter(_spans))));
        });
        MetricsUrl = new Uri(Host.Get<MetricsListener>().Url!.Replace("[::]", "127.0.0.1", StringComparison.Ordinal));
        await UseAsync(await Host.CreateOrganizationAsync());
        await Poll.UntilAsync(HasAllAsync, Bound);
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await _endpoint.DisposeAsync();
    }

    private async Task UseAsync(TestOrganization org)
    {
        _secrets.AddRange([org.Live.Secret, org.Test.Secret]);
        var webhook = await org.Live.CreateWebhookAsync(new Uri(_endpoint.Address, $"{Path}?token={Path}"));
        _secrets.Add((string)webhook.Json!["secret"]!);
        var made = await org.Live.SendAsync(
            HttpMethod.Post, "/api/v1/events", Seed.EventBody(), ("X-Request-Id", RequestId), Forwarded);
        Assert.Equal(201, made.Status);
        var (eventId, ticketTypeId) = await org.Live.CreateFreeEventAsync();
        await Host.SellAsync(org.Live, eventId, ticketTypeId, (2, Name, Email));
        await org.Live.GetAsync($"/api/v1/attendees?email={Uri.EscapeDataString(Email)}");
        await org.Live.GraphQLAsync($$"""query { orders(filter: { buyerEmail: "{{Email}}" }) { nodes { id } } }""");
        await org.Live.PostAsync("/api/v1/events", new { title = Email, timezone = Name, starts_at = Email });
        await (await org.SignInAsync(Role.Owner)).GetAsync("/api/settings/keys");
        for (var request = 0; request < 3; request++)
            await SendAsync($"/api/v1/public/events?org_slug={org.Slug}&q={Email}", key: null);
        await SendAsync("/api/v1/events", key: org.Live.Secret + "x");
        await SendAsync($"/nowhere/{Email}?key={org.Live.Secret}", key: null);
        await using var stream = await org.Live.SubscribeAsync(
            "subscription ($id: ID!) { orderConfirmed(eventId: $id) { orderNumber } }", new { id = eventId });
        await _endpoint.UntilReceivedAsync(1, Bound);
    }

    private static (string Name, string Value) Forwarded => ("X-Forwarded-For", Client);

    private Task<ApiResponse> SendAsync(string path, string? key) => ApiResponse.SendAsync(
        Host.Http, HttpMethod.Get, path, key, body: null, Forwarded, ("User-Agent", $"Shop of {Name}"));

    /// <summary>Whether there are spans for jobs and deliveries, and the database backlog was measured.</summary>
    private async Task<bool> HasAllAsync()
    {
        using var http = new HttpClient();
        Metrics = await http.GetStringAsync(new Uri(MetricsUrl, MetricsListener.Path));
        return Metrics.Contains("equaticket_webhooks_queue_depth", StringComparison.Ordinal)
            && Metrics.Contains("job_name=\"hold expiry\"", StringComparison.Ordinal)
            && Metrics.Contains("equaticket_webhooks_attempts_seconds_count", StringComparison.Ordinal)
            && _spans.Any(span => span.DisplayName == "webhook delivery");
    }

    private static string Text(Span span)
    {
        var text = new StringBuilder($"{span.DisplayName} {span.StatusDescription} {span.TraceStateString}");
        foreach (var (name, value) in span.TagObjects.Concat(span.Events.SelectMany(added => added.Tags)))
            text.Append(' ').Append(name).Append('=').Append(value);
        return text.ToString();
    }

    private sealed class Exporter(ConcurrentBag<Span> spans) : BaseExporter<Span>
    {
        public override ExportResult Export(in Batch<Span> batch)
        {
            foreach (var span in batch)
                spans.Add(span);
            return ExportResult.Success;
        }
    }
}
