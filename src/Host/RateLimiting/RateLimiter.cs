using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Equaticket.Dashboard.Account;
using Equaticket.Dashboard.Storefront;
using Equaticket.Engine.Errors;
using Equaticket.Host.Telemetry;
using Equaticket.Persistence.Organizations;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Organizations;
using Microsoft.Extensions.Options;

namespace Equaticket.Host.RateLimiting;

/// <summary>Checks whether a request is within its limit, and reports the limit to the caller.</summary>
internal sealed class RateLimiter(
    IWindowCounter counter, IOptions<RateLimitOptions> options, HostMetrics metrics)
    : ISignInLimit, IBuyerLimits, IRequestLimits
{
    public int PerMinute(Plan plan) => options.Value.Of(plan);

    /// <exception cref="ApiError">The rate limit is exceeded.</exception>
    public async Task CountSignInAsync(HttpContext http)
    {
        var window = await counter.HitAsync($"sign-in:{ClientAddress.Of(http)}");
        Require(window, options.Value.SignInPerMinute, "sign_in");
    }

    /// <summary>Counts a request of an API key against its plan's limit.</summary>
    /// <exception cref="ApiError">The rate limit is exceeded.</exception>
    public Task CountKeyAsync(HttpContext http, Caller caller) =>
        CountAsync(http, "key", $"{caller.ApiKeyId}", options.Value.Of(caller.Plan!.Value));

    /// <summary>Counts a public request by IP address.</summary>
    /// <exception cref="ApiError">The rate limit is exceeded.</exception>
    public Task CountPublicAsync(HttpContext http) =>
        CountAsync(http, "public", ClientAddress.Of(http), options.Value.PublicPerMinute);

    /// <summary>Counts a buyer's checkout by IP address.</summary>
    /// <exception cref="ApiError">The rate limit is exceeded.</exception>
    public Task CountCheckoutAsync(HttpContext http) =>
        CountAsync(http, "checkout", ClientAddress.Of(http), options.Value.CheckoutPerMinute);

    /// <summary>Counts a failed authentication by IP address.</summary>
    /// <exception cref="ApiError">There are too many failures in this window.</exception>
    public async Task CountFailedAuthAsync(HttpContext http)
    {
        var window = await counter.HitAsync($"failed:{ClientAddress.Of(http)}");
        Require(window, options.Value.FailedAuthPerMinute, "failed_auth");
    }

    private async Task CountAsync(HttpContext http, string kind, string whose, int limit)
    {
        var window = await counter.HitAsync($"{kind}:{whose}");
        var headers = http.Response.Headers;
        headers["RateLimit-Limit"] = Text(limit);
        headers["RateLimit-Remaining"] = Text(Math.Max(0, limit - window.Count));
        headers["RateLimit-Reset"] = Text((long)window.Reset.TotalSeconds);
        Require(window, limit, kind);
    }

    private void Require(WindowCount window, int limit, string kind)
    {
        if (window.Count <= limit)
            return;
        metrics.Limited(kind);
        throw ApiError.RateLimited(window.Reset);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Distinguishes callers without a key by IP address.</summary>
internal static class ClientAddress
{
    /// <summary>
    /// The caller's IP address; for IPv6, the first 64 bits, since one subscriber owns the rest.
    /// </summary>
    public static string Of(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new IPNetwork(Prefix(address), 64).ToString()
            : address.ToString();
    }

    private static IPAddress Prefix(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
