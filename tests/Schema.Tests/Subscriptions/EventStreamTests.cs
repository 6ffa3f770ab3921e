using System.Text;
using Equaticket.Schema.Tests.Checkout;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Equaticket.Schema.Tests.Subscriptions;

/// <summary>The GraphQL over SSE protocol, in its "distinct connections mode".</summary>
public sealed class EventStreamTests : ApiTest
{
    private const string TooDear =
        "{ events(first: 100) { nodes { attendees(first: 100) { nodes { event { id } order { id } } } } } }";

    private static readonly (string, string) Accept = ("Accept", "text/event-stream");

    [Fact]
    public async Task A_query_gets_one_response()
    {
        var answer = await Org.Live.SendAsync(
            HttpMethod.Post, "/graphql", new { query = "{ viewer { __typename } }" }, Accept);
        Assert.Equal("text/event-stream; charset=utf-8", answer.ContentType);
        Assert.Matches("^event: next\ndata: {\"data\":.*}\n\nevent: complete\ndata:\n\n$", answer.Body);
    }

    [Theory]
    [InlineData("{ nonsense }", "validation_error")]
    [InlineData("{ events(first: 0) { totalCount } }", "validation_error")]
    [InlineData(TooDear, "validation_error")]
    [InlineData("{ event(id: \"none\") { id } }", "not_found")]
    [InlineData("mutation { redactBuyer(email: \"a@example.com\") { orders } }", "forbidden")]
    [InlineData("subscription { eventSales(eventId: \"none\") { id } }", "not_found")]
    public async Task Errors_of_a_request_are_reported_in_the_stream(string query, string code)
    {
        var answer = await SendAsync(new { query });
        Assert.Equal(200, answer.Status);
        Assert.Matches("^event: next\ndata: {\"errors\":.*}\n\nevent: complete\ndata:\n\n$", answer.Body);
        Assert.Contains($"\"code\":\"{code}\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_document_is_reported_in_the_stream()
    {
        var answer = await SendAsync(new { documentId = new string('0', 64) });
        Assert.Equal(200, answer.Status);
        Assert.Contains("\"param\":\"documentId\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_malformed_request_is_reported_by_the_status()
    {
        Assert.Equal(400, (await SendAsync("[]")).Status);
        var nobody = await ApiResponse.SendAsync(
            Host.Http, HttpMethod.Post, "/graphql", key: null,
            new { query = "{ viewer { __typename } }" }, Accept);
        Assert.Equal(401, nobody.Status);
    }

    [Fact]
    public async Task A_retry_is_marked_as_replayed()
    {
        var body = new { query = $"mutation {{ publishEvent(id: \"{Guid.Empty}\") {{ id }} }}" };
        var key = ("Idempotency-Key", "once");
        var first = await Org.Live.SendAsync(HttpMethod.Post, "/graphql", body, Accept, key);
        var second = await Org.Live.SendAsync(HttpMethod.Post, "/graphql", body, Accept, key);
        Assert.Null(first.Header("Idempotent-Replayed"));
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
        Assert.Equal(first.Body, second.Body);
    }

    [Fact]
    public async Task A_get_gets_the_same_response()
    {
        var (eventId, _) = await Org.Test.PutOnSaleAsync(price: 0);
        using var request = ApiResponse.Request(
            Host.Http, HttpMethod.Get,
            $"/graphql?query={Uri.EscapeDataString($"subscription {{ eventSales(eventId: \"{eventId}\") {{ id }} }}")}",
            body: null, Accept, ApiResponse.Credential(Org.Test.Secret));
        using var response = await Host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["no-store, no-transform"], response.Headers.GetValues("Cache-Control"));
        Assert.Equal(["no"], response.Headers.GetValues("X-Accel-Buffering"));
    }

    [Fact]
    public async Task A_client_that_does_not_accept_streams_gets_an_error()
    {
        var (eventId, _) = await Org.Test.PutOnSaleAsync(price: 0);
        var answer = await Org.Test.AskAsync(Following.Sales, new { eventId });
        Assert.Equal((400, "Accept"), (answer.Status, answer.Param));
    }

    [Theory]
    [InlineData("subscription ($e: ID!) { eventSales(eventId: $e) { id } orderConfirmed(eventId: $e) { id } }")]
    [InlineData("subscription ($e: ID!) { ...F } fragment F on Subscription { a: eventSales(eventId: $e) { id } "
        + "b: eventSales(eventId: $e) { id } }")]
    [InlineData("subscription ($e: ID!) { eventSales(eventId: $e) @skip(if: false) { id } }")]
    [InlineData("subscription ($e: ID!) { ...F @include(if: true) } "
        + "fragment F on Subscription { eventSales(eventId: $e) { id } }")]
    [InlineData("subscription ($e: ID!) { ...F } "
        + "fragment F on Subscription { eventSales(eventId: $e) @skip(if: true) { id } }")]
    [InlineData("subscription { __typename }")]
    public async Task A_subscription_has_one_field_that_is_never_skipped(string query)
    {
        var answer = await Org.Test.AskAsync(query, new { e = Guid.Empty });
        answer.AssertRefused(400, "validation_error");
    }

    [Fact]
    public async Task A_caller_may_not_exceed_its_stream_limit()
    {
        await using var host = await TestHost.StartAsync(configure: builder =>
            builder.Configuration.AddInMemoryCollection([new("GraphQL:MaxStreamsPerCaller", "2")]));
        var org = await host.CreateOrganizationAsync();
        var (eventId, _) = await org.Test.PutOnSaleAsync(price: 0);
        await using var first = await org.Test.SubscribeAsync(Following.Sales, new { eventId });
        await using (var second = await org.Test.SubscribeAsync(Following.Sales, new { eventId }))
        {
            Assert.Equal(200, second.Status);
            await using var third = await org.Test.SubscribeAsync(Following.Sales, new { eventId });
            Assert.Equal(429, third.Status);
        }

        await Poll.UntilAsync(
            async () =>
            {
                await using var next = await org.Test.SubscribeAsync(Following.Sales, new { eventId });
                return next.Status == 200;
            });
    }

    [Fact]
    public async Task An_idle_stream_sends_keep_alive_comments()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await TestHost.StartAsync(
            configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var org = await host.CreateOrganizationAsync();
        var (eventId, _) = await org.Test.PutOnSaleAsync(price: 0);
        using var request = ApiResponse.Request(
            host.Http, HttpMethod.Post, "/graphql",
            new { query = Following.Sales, variables = new { eventId } },
            Accept, ApiResponse.Credential(org.Test.Secret));
        using var response = await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(), Encoding.UTF8);
        for (var beat = 0; beat < 3; beat++)
        {
            Assert.Equal(":", await NextAsync());
            Assert.StartsWith("id: ", await NextAsync(), StringComparison.Ordinal);
            Assert.Equal("", await NextAsync());
        }

        async Task<string?> NextAsync()
        {
            var line = lines.ReadLineAsync();
            await Poll.UntilAsync(
                () =>
                {
                    clock.Advance(TimeSpan.FromSeconds(1));
                    return Task.FromResult(line.IsCompleted);
                });
            return await line;
        }
    }

    [Fact]
    public async Task A_host_that_stops_breaks_the_stream_so_that_it_can_be_resumed()
    {
        var host = await TestHost.StartAsync(Host.ConnectionString);
        var (eventId, _) = await Org.Test.PutOnSaleAsync(price: 0);
        await using var stream = await Org.Test.On(host).SubscribeAsync(Following.Sales, new { eventId });
        await host.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(stream.ReadAsync);
    }

    private Task<ApiResponse> SendAsync(object body) =>
        Org.Live.SendAsync(HttpMethod.Post, "/graphql", body, Accept);
}
