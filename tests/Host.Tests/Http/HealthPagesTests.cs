using Equaticket.Host.Hosting;
using Microsoft.Extensions.Logging;

namespace Equaticket.Host.Tests.Http;

/// <summary>The health checks of load balancers.</summary>
public sealed class HealthPagesTests
{
    [Fact]
    public async Task A_host_is_ready_while_its_database_responds()
    {
        await using var host = await TestHost.StartAsync();
        Assert.Equal((200, "Healthy"), await AskAsync(host, "/healthz"));
        Assert.Equal((200, "Healthy"), await AskAsync(host, "/readyz"));
        await host.CloseDatabaseAsync();
        await Poll.UntilAsync(
            async () => await AskAsync(host, "/readyz") == (503, "Unhealthy"));
        Assert.Equal((200, "Healthy"), await AskAsync(host, "/healthz"));
    }

    [Fact]
    public async Task Readiness_is_logged_only_when_it_changes()
    {
        var logs = new LogCapture();
        await using var host = await TestHost.StartAsync(configure: builder => builder.Logging.AddProvider(logs));
        await host.CloseDatabaseAsync();
        await Poll.UntilAsync(async () => await AskAsync(host, "/readyz") == (503, "Unhealthy"));
        await AskAsync(host, "/readyz");
        host.Get<Shutdown>().Begin();
        await AskAsync(host, "/readyz");
        var lines = logs.Lines.Where(line => line.Text.Contains("ready", StringComparison.OrdinalIgnoreCase)
            || line.Text.Contains("health", StringComparison.OrdinalIgnoreCase));
        var (level, text) = Assert.Single(lines);
        Assert.Equal(LogLevel.Warning, level);
        Assert.StartsWith("Not ready: the database does not respond (", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_read_only_and_never_cached()
    {
        await using var host = await TestHost.StartAsync();
        var answer = await ApiResponse.SendAsync(host.Http, HttpMethod.Post, "/readyz", key: null, body: null);
        Assert.Equal((405, "GET, HEAD"), (answer.Status, answer.Header("Allow")));
        var head = await ApiResponse.SendAsync(host.Http, HttpMethod.Head, "/readyz", key: null, body: null);
        Assert.Equal(200, head.Status);
        Assert.Contains("no-store", head.Header("Cache-Control"), StringComparison.Ordinal);
    }

    private static async Task<(int Status, string Body)> AskAsync(TestHost host, string path)
    {
        var answer = await ApiResponse.SendAsync(host.Http, HttpMethod.Get, path, key: null, body: null);
        return (answer.Status, answer.Body);
    }
}
