using Equaticket.Host.RateLimiting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Host.Tests.RateLimiting;

public sealed class RateLimitTests
{
    [Fact]
    public async Task A_key_is_limited_by_its_plan_and_sees_its_limit()
    {
        await using var host = await StartAsync(("RateLimits:Plans:pro", "5"));
        var org = await host.CreateOrganizationAsync();
        for (var left = 4; left >= 0; left--)
        {
            var served = await org.Live.GetAsync("/api/v1/events");
            Assert.Equal((200, $"{left}"), (served.Status, served.Header("RateLimit-Remaining")));
            Assert.Equal("5", served.Header("RateLimit-Limit"));
            Assert.InRange(int.Parse(served.Header("RateLimit-Reset")!), 1, 60);
        }

        var refused = await org.Live.GetAsync("/api/v1/events");
        Assert.Equal((429, "rate_limited"), (refused.Status, refused.ErrorCode));
        Assert.Equal(refused.Header("RateLimit-Reset"), refused.Header("Retry-After"));
        Assert.Contains(
            "Too many requests. Retry after the window resets.", refused.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await org.Test.GetAsync("/api/v1/events")).Status);
    }

    [Fact]
    public async Task Graphql_counts_in_the_same_window_and_errors_count_too()
    {
        await using var host = await StartAsync(("RateLimits:Plans:pro", "2"));
        var org = await host.CreateOrganizationAsync();
        Assert.Equal(404, (await org.Live.GetAsync("/api/v1/events/none")).Status);
        var graphQL = await org.Live.GraphQLAsync("{ viewer { plan } }");
        Assert.Equal("0", graphQL.Header("RateLimit-Remaining"));
        Assert.Equal(429, (await org.Live.GraphQLAsync("{ viewer { plan } }")).Status);
    }

    [Fact]
    public async Task Failed_authentications_are_limited_but_a_valid_key_still_works()
    {
        await using var host = await StartAsync(("RateLimits:FailedAuthPerMinute", "3"));
        var org = await host.CreateOrganizationAsync();
        for (var i = 0; i < 3; i++)
            Assert.Equal(401, (await FailAsync(host)).Status);
        Assert.Equal(429, (await FailAsync(host)).Status);
        Assert.Equal(200, (await org.Live.GetAsync("/api/v1/events")).Status);
    }

    [Fact]
    public async Task The_public_listing_is_limited_by_address()
    {
        await using var host = await StartAsync(("RateLimits:PublicPerMinute", "1"));
        var org = await host.CreateOrganizationAsync();
        var path = $"/api/v1/public/events?org_slug={org.Slug}";
        Assert.Equal(200, (int)(await host.Http.GetAsync(new Uri(path, UriKind.Relative))).StatusCode);
        Assert.Equal(429, (int)(await host.Http.GetAsync(new Uri(path, UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Checkouts_are_limited_to_thirty_a_minute_per_IP_address()
    {
        await using var host = await StartAsync(
            ("RateLimits:CheckoutPerMinute", $"{new RateLimitOptions().CheckoutPerMinute}"));
        for (var left = 29; left >= 0; left--)
        {
            var served = await CheckoutAsync(host);
            Assert.Equal(
                ("not_found", "30", $"{left}"),
                (served.ErrorCode, served.Header("RateLimit-Limit"), served.Header("RateLimit-Remaining")));
        }

        var refused = await CheckoutAsync(host);
        Assert.Equal((429, "rate_limited"), (refused.Status, refused.ErrorCode));
        Assert.Equal(refused.Header("RateLimit-Reset"), refused.Header("Retry-After"));
        var org = await host.CreateOrganizationAsync();
        var withKey = await org.Test.PostAsync("/graphql", Checkout);
        Assert.Equal("not_found", withKey.ErrorCode);
    }

    [Fact]
    public async Task Checkouts_and_the_public_routes_have_separate_windows()
    {
        await using var host = await StartAsync(
            ("RateLimits:PublicPerMinute", "3"), ("RateLimits:CheckoutPerMinute", "5"));
        for (var left = 4; left >= 0; left--)
            AssertServed(await CheckoutAsync(host), "5", left);
        Assert.Equal("rate_limited", (await CheckoutAsync(host)).ErrorCode);

        AssertServed(await AskAsync(host, "{ __typename }"), "3", 2);
        AssertServed(await AskAsync(host, "{ no document"), "3", 1);
        AssertServed(await AskAsync(host, new string(' ', 300_000)), "3", 0);
        foreach (var query in new[] { "{ __typename }", "{ no document", new string(' ', 300_000) })
            Assert.Equal("rate_limited", (await AskAsync(host, query)).ErrorCode);
    }

    private static void AssertServed(ApiResponse answer, string limit, int left)
    {
        Assert.NotEqual("rate_limited", answer.ErrorCode);
        Assert.Equal(
            (limit, $"{left}"), (answer.Header("RateLimit-Limit"), answer.Header("RateLimit-Remaining")));
    }

    private static Task<ApiResponse> AskAsync(TestHost host, string query) => ApiResponse.SendAsync(
        host.Http, HttpMethod.Post, "/graphql", key: null, new { query });

    private static object Checkout => new
    {
        query = "mutation ($input: CheckoutInput!) { checkout(input: $input) { status } }",
        variables = new
        {
            input = new
            {
                eventId = "none",
                buyerName = "Ada",
                buyerEmail = "ada@example.com",
                items = new[] { new { ticketTypeId = "none", quantity = 1 } },
            },
        },
    };

    private static Task<ApiResponse> CheckoutAsync(TestHost host) => ApiResponse.SendAsync(
        host.Http, HttpMethod.Post, "/graphql", key: null, Checkout);

    private static Task<ApiResponse> FailAsync(TestHost host) => ApiResponse.SendAsync(
        host.Http, HttpMethod.Get, "/api/v1/events", "sk_live_wrong", body: null);

    private static Task<TestHost> StartAsync(params (string Key, string Value)[] settings) =>
        TestHost.StartAsync(configure: builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
            builder.Services.AddSingleton<TimeProvider>(new StillClock());
        });
}
