using Equaticket.Host.Commands;
using Equaticket.Host.Hosting;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Equaticket.Host.Tests.Serving;

/// <summary>The server listens where the settings say, and knows its own URL.</summary>
public sealed class ListenersTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData("URLS", true)]
    [InlineData("HTTP_PORTS", true)]
    [InlineData("HTTPS_PORTS", true)]
    [InlineData("Kestrel:Endpoints:Open:Url", true)]
    [InlineData("Kestrel:Limits:MaxConcurrentConnections", false)]
    public void The_default_applies_unless_a_listener_is_configured(string? setting, bool isConfigured)
    {
        var values = new Dictionary<string, string?>();
        if (setting is not null)
            values[setting] = "8080";
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        Assert.Equal(isConfigured, Listeners.AreConfigured(configuration));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080 http://[::1]:5080 http://localhost:80", true)]
    [InlineData("http://127.0.0.1:5080 http://0.0.0.0:5080", false)]
    [InlineData("http://[::]:8080", false)]
    [InlineData("http://10.0.0.1:8080", false)]
    [InlineData("http://unix:/run/equaticket.sock", false)]
    public void Only_loopback_is_closed_to_others(string urls, bool isLoopback) =>
        Assert.Equal(isLoopback, Listeners.AreLoopback(urls.Split(' ')));

    /// <summary>For example, links in emails, if no public URL is set.</summary>
    [Fact]
    public async Task Links_use_the_URL_that_the_server_listens_on()
    {
        await using var host = await TestHost.StartAsync(configure: builder =>
            builder.WebHost.UseUrls("http://0.0.0.0:0"));
        Assert.Equal($"http://localhost:{host.Address.Port}", host.Get<PublicUrls>().Base);
    }

    [Theory]
    [InlineData("somewhere")]
    [InlineData("http://192.0.2.1:0")]
    public async Task A_listener_that_cannot_be_opened_is_reported_in_one_sentence(string url)
    {
        await using var app = EquaticketServer.Build(
            await TestCluster.CreateMigratedDatabaseAsync(), builder => builder.WebHost.UseUrls(url));
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => app.StartAsync());
        await app.StopAsync();
        var said = ExpectedErrors.Sentence(fault);
        Assert.StartsWith("The server cannot listen: ", said, StringComparison.Ordinal);
        Assert.Contains("ASPNETCORE_URLS", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tickets.example.com")]
    [InlineData("ftp://tickets.example.com")]
    [InlineData("https://tickets.example.com/?a=b")]
    [InlineData("https://me:secret@tickets.example.com")]
    public void An_invalid_public_URL_fails_startup(string text) =>
        Assert.StartsWith(
            "Equaticket__PublicUrl: ", Refusal(text, isOwnDatabase: false, Environments.Development),
            StringComparison.Ordinal);

    [Fact]
    public void Only_production_with_an_external_database_requires_a_public_URL()
    {
        Assert.StartsWith(
            "Set Equaticket__PublicUrl", Refusal(null, isOwnDatabase: true, Environments.Production),
            StringComparison.Ordinal);
        Assert.Null(Refusal(null, isOwnDatabase: true, Environments.Development));
        Assert.Null(Refusal(null, isOwnDatabase: false, Environments.Production));
        Assert.Null(Refusal("https://example.com/shop/", isOwnDatabase: true, Environments.Production));
    }

    private static string? Refusal(string? publicUrl, bool isOwnDatabase, string environment)
    {
        var builder = EquaticketServer.CreateBuilder();
        builder.Environment.EnvironmentName = environment;
        builder.Configuration["Equaticket:PublicUrl"] = publicUrl;
        try
        {
            PublicUrl.Read(builder.Configuration);
            builder.RequirePublicUrl(isOwnDatabase);
            return null;
        }
        catch (ConfigurationException refusal)
        {
            return refusal.Message;
        }
    }
}
