using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Equaticket.Host.Hosting;

/// <summary>
/// The URLs of the server, as configured by <c>ASPNETCORE_URLS</c>, <c>ASPNETCORE_HTTP_PORTS</c> and
/// <c>Kestrel__Endpoints__…</c>. They are known for certain only after startup.
/// </summary>
internal static class Listeners
{
    private const string Endpoints = "Kestrel:Endpoints";

    private const string Change =
        "Change ASPNETCORE_URLS, ASPNETCORE_HTTP_PORTS, or Kestrel__Endpoints, whichever is set.";

    private static readonly string[] Settings = ["URLS", "HTTP_PORTS", "HTTPS_PORTS"];

    public static bool AreConfigured(IConfiguration configuration) =>
        Settings.Any(name => configuration[name] is { Length: > 0 })
        || configuration.GetSection(Endpoints).GetChildren().Any();

    /// <summary>Whether all URLs are reachable only from this machine.</summary>
    public static bool AreLoopback(IEnumerable<string> urls) => urls.All(url =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.IsLoopback);

    /// <summary>The URL of the first listener; the default before startup.</summary>
    public static string UrlOf(IServer server) => LocalUrl(
        server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? EquaticketServer.DefaultUrl);

    /// <summary>Replaces the wildcard address, which is reachable from this machine as localhost.</summary>
    public static string LocalUrl(string listener) =>
        listener.Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal)
            .Replace("://[::]", "://localhost", StringComparison.Ordinal)
            .Replace("://+", "://localhost", StringComparison.Ordinal)
            .Replace("://*", "://localhost", StringComparison.Ordinal);

    /// <returns>Why a listener could not be opened; null for any other error.</returns>
    public static string? Refusal(Exception error) => error switch
    {
        SocketException => $"The server cannot listen: {error.Message}. {Change}",
        FormatException { Source: "Microsoft.AspNetCore.Http" }
            or FormatException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" }
            or InvalidOperationException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" } =>
            $"The server cannot listen: {error.Message} {Change}",
        _ => null,
    };
}

/// <summary><c>Equaticket__PublicUrl</c>, the base of all links that users receive.</summary>
internal static class PublicUrl
{
    private const string Setting = "Equaticket:PublicUrl";

    /// <returns>Null if it is not set.</returns>
    /// <exception cref="ConfigurationException">The setting is not a URL.</exception>
    public static string? Read(IConfiguration configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } text)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri is { Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" }
            ? text
            : throw new ConfigurationException(
                $"Equaticket__PublicUrl: '{text}' is not a URL such as https://tickets.example.com.");
    }

    /// <exception cref="ConfigurationException">
    /// A production host with an external database has no public URL.
    /// </exception>
    public static void RequirePublicUrl(this WebApplicationBuilder builder, bool isOwnDatabase)
    {
        if (isOwnDatabase && builder.Environment.IsProduction() && Read(builder.Configuration) is null)
        {
            throw new ConfigurationException(
                "Set Equaticket__PublicUrl, such as https://tickets.example.com: in production, emails and "
                + "event pages must have links that buyers can open.");
        }
    }
}
