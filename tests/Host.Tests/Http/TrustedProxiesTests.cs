using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Host.Tests.Http;

/// <summary>
/// The caller's address behind proxies, as the limit of failed authentications sees it: of two requests in the same
/// minute, the second gets 429 if both come from one address.
/// </summary>
public sealed class TrustedProxiesTests(ProxiedHosts hosts) : IClassFixture<ProxiedHosts>
{
    [Theory]
    [InlineData("203.0.113.1", "203.0.113.1", true)]
    [InlineData("203.0.113.1", "203.0.113.2", false)]
    // The leftmost entries come from the caller, and are not trusted.
    [InlineData("198.51.100.1, 203.0.113.1", "198.51.100.2, 203.0.113.1", true)]
    [InlineData("203.0.113.1, 198.51.100.1", "203.0.113.1, 198.51.100.2", false)]
    // Trusted proxies are skipped, however many there are.
    [InlineData("203.0.113.1, 10.0.0.1", "203.0.113.1, 10.0.0.2, 10.0.0.1", true)]
    [InlineData("203.0.113.1, 10.0.0.1, fd00::1", "203.0.113.2, 10.0.0.1, fd00::1", false)]
    // An IPv6 address counts by its first 64 bits, and an IPv4-mapped address counts as the IPv4 address.
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    [InlineData("[2001:db8:0:1::1]:443", "2001:db8:0:1::2", true)]
    [InlineData("::ffff:203.0.113.1", "203.0.113.1", true)]
    [InlineData("::ffff:203.0.113.1", "::ffff:203.0.113.2", false)]
    [InlineData("203.0.113.1:5555", "203.0.113.1:6666", true)]
    // An invalid address counts as the address of the proxy.
    [InlineData("nonsense", "", true)]
    [InlineData("999.1.1.1", "203.0.113.1, nonsense", true)]
    public async Task The_address_is_found_behind_trusted_proxies(string first, string second, bool isOneAddress)
    {
        Assert.Equal(isOneAddress ? 429 : 401, await SecondAsync(hosts.Trusting, first, second));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("192.0.2.0/24")]
    public async Task The_header_is_ignored_from_untrusted_addresses(string? trusted)
    {
        await using var host = await hosts.StartAsync(trusted);
        Assert.Equal(429, await SecondAsync(host, "203.0.113.1", "203.0.113.2"));
    }

    /// <summary>Sends both requests in a new window.</summary>
    private async Task<int> SecondAsync(TestHost host, string first, string second)
    {
        hosts.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(401, (await FailAsync(host, first)).Status);
        return (await FailAsync(host, second)).Status;
    }

    private static Task<ApiResponse> FailAsync(TestHost host, string forwardedFor) =>
        ApiResponse.SendAsync(
            host.Http, HttpMethod.Get, "/api/v1/events", "sk_live_wrong", body: null,
            ("X-Forwarded-For", forwardedFor));
}

/// <summary>
/// A host behind trusted proxies, and others with the same database, with a clock that tests control.
/// </summary>
public sealed class ProxiedHosts : IAsyncLifetime
{
    public StillClock Clock { get; } = new();

    public TestHost Trusting { get; private set; } = null!;

    public async Task InitializeAsync() => Trusting = await StartAsync("127.0.0.0/8, 10.0.0.0/8, fd00::/8");

    public async Task DisposeAsync() => await Trusting.DisposeAsync();

    /// <param name="trusted">The networks of its proxies.</param>
    public Task<TestHost> StartAsync(string? trusted) => TestHost.StartAsync(
        Trusting?.ConnectionString,
        builder =>
        {
            builder.Configuration["Proxies:Trusted"] = trusted;
            builder.Configuration["RateLimits:FailedAuthPerMinute"] = "1";
            builder.Services.AddSingleton<TimeProvider>(Clock);
        });
}
