using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Equaticket.Host.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Equaticket.Host.Tests.Telemetry;

/// <summary>The spans, metrics, and logs that a host emits while it serves, sells, and delivers.</summary>
public sealed class TelemetryTests(ObservedHost observed) : IClassFixture<ObservedHost>
{
    [Fact]
    public void Spans_metrics_and_logs_contain_no_secrets_no_addresses_and_no_buyer_data()
    {
        var emitted = observed.Emitted;
        Assert.Contains("equaticket_operations_seconds_bucket", emitted, StringComparison.Ordinal);
        Assert.Contains("SELECT", emitted, StringComparison.Ordinal);
        Assert.NotEmpty(observed.Secrets);
        Assert.All(observed.Secrets, secret =>
            Assert.DoesNotContain(secret, emitted, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_request_has_spans_for_itself_its_operation_and_its_statements_with_its_id()
    {
        var trace = observed.Spans.Where(span => Equals(
            span.GetTagItem(RequestSpans.RequestId), ObservedHost.RequestId)).ToList();
        var request = Assert.Single(trace, span => span.Source.Name == "Microsoft.AspNetCore");
        Assert.Equal("POST /api/v1/events", request.DisplayName);
        Assert.Equal("/api/v1/events", request.GetTagItem("http.route"));
        Assert.Equal(201, request.GetTagItem("http.response.status_code"));
        var operation = Assert.Single(trace, span => span.DisplayName == "GraphQL mutation");
        Assert.Equal("CreateEvent", operation.GetTagItem("graphql.operation.name"));
        Assert.Equal(request.SpanId, operation.ParentSpanId);
        Assert.Contains(trace, span => span.Source.Name == "Npgsql" && span.ParentSpanId == operation.SpanId);
        Assert.All(trace, span => Assert.Equal(request.TraceId, span.TraceId));
    }

    [Fact]
    public void Deliveries_and_jobs_have_spans()
    {
        var delivery = observed.Spans.First(span => span.DisplayName == "webhook delivery");
        Assert.Equal(200, delivery.GetTagItem("http.response.status_code"));
        Assert.Contains(observed.Spans, span => span.DisplayName == "hold expiry");
    }

    [Theory]
    [InlineData("http_server_request_duration_seconds_count{", "http_route=\"/api/v1/events\"")]
    [InlineData("equaticket_operations_seconds_count{", "type=\"mutation\"")]
    [InlineData("equaticket_tickets_sold_total{", "livemode=\"true\"")]
    [InlineData("equaticket_checkouts_held", "")]
    [InlineData("equaticket_webhooks_queue_depth", "")]
    [InlineData("equaticket_webhooks_queue_delay_seconds", "")]
    [InlineData("equaticket_webhooks_queue_age_seconds_count", "")]
    [InlineData("equaticket_webhooks_attempts_seconds_count{", "outcome=\"succeeded\"")]
    [InlineData("equaticket_jobs_last_success_seconds{", "job_name=\"hold expiry\"")]
    [InlineData("equaticket_rate_limit_refusals_total{", "window=\"public\"")]
    [InlineData("equaticket_streams_open", "")]
    [InlineData("equaticket_load_executing", "")]
    [InlineData("equaticket_load_waiting", "")]
    [InlineData("equaticket_reads_waiting", "")]
    [InlineData("db_client_connection_count{", "db_client_connection_pool_name=\"equaticket\"")]
    public void A_metric_has_its_documented_name(string name, string label)
    {
        Assert.Contains(observed.Metrics.Split('\n'), line =>
            line.StartsWith(name, StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_subscription_has_no_request_duration()
    {
        var (routes, closed) = (new ConcurrentQueue<string>(), new TaskCompletionSource());
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Scope == observed.Host.Get<IMeterFactory>()
                && instrument.Name is "http.server.request.duration" or "equaticket.streams.open")
                listener.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
            routes.Enqueue($"{tags.ToArray().FirstOrDefault(tag => tag.Key == "http.route").Value}"));
        listener.SetMeasurementEventCallback<long>((_, change, _, _) =>
        {
            if (change < 0)
                closed.TrySetResult();
        });
        listener.Start();
        var org = await observed.Host.CreateOrganizationAsync();
        var eventId = await org.Live.CreateEventAsync();
        await (await org.Live.SubscribeAsync(
            "subscription ($id: ID!) { orderConfirmed(eventId: $id) { orderNumber } }", new { id = eventId }))
            .DisposeAsync();
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await org.Live.GraphQLAsync("{ orders { totalCount } }");
        await Poll.UntilAsync(() => Task.FromResult(routes.Any(IsGraphQL)), TimeSpan.FromSeconds(60));
        Assert.Single(routes, IsGraphQL);

        static bool IsGraphQL(string route) => route.StartsWith("/graphql", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_public_listener_serves_no_metrics()
    {
        foreach (var host in (string[])["localhost", observed.MetricsUrl.Authority])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(observed.Host.Address, "/metrics"));
            request.Headers.Host = host;
            using var response = await observed.Host.Http.SendAsync(request);
            Assert.Equal(404, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task Without_settings_nothing_listens()
    {
        var host = await TestHost.SharedAsync();
        Assert.Null(host.Services.GetService<MeterProvider>());
        Assert.Null(host.Services.GetService<TracerProvider>());
    }
}
