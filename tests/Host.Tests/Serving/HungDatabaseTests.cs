using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Equaticket.Host.Tests.Serving;

/// <summary>A database that accepts requests but never responds delays no request beyond its timeout.</summary>
[Trait("Category", "Slow")]
public sealed class HungDatabaseTests
{
    [Fact]
    public async Task Reads_and_writes_get_503_after_the_database_timeout()
    {
        var settings = new NpgsqlConnectionStringBuilder(await TestCluster.CreateMigratedDatabaseAsync());
        using var relay = new Relay(settings.Port);
        (settings.Port, settings.Timeout, settings.CommandTimeout) = (relay.Port, 2, 2);
        await using var host = await TestHost.StartAsync(settings.ConnectionString);
        var org = await host.CreateOrganizationAsync();
        Assert.Equal(200, (await org.Live.GetAsync("/api/v1/events")).Status);

        relay.Hang();
        var read = org.Live.GetAsync("/api/v1/events");
        var write = org.Live.PostAsync("/api/v1/events", Seed.EventBody("Hung"));
        var ready = org.Live.GetAsync("/readyz");
        var answers = await Task.WhenAll(read, write, ready).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal([503, 503, 503], answers.Select(answer => answer.Status));
        relay.Dispose();
    }

    [Fact]
    public async Task Requests_without_a_connection_get_503_and_one_line_in_the_log_each()
    {
        var logs = new LogCapture();
        var settings = new NpgsqlConnectionStringBuilder(await TestCluster.CreateMigratedDatabaseAsync());
        (settings.MaxPoolSize, settings.Timeout) = (1, 1);
        await using var host = await TestHost.StartAsync(
            settings.ConnectionString, builder => builder.Logging.AddProvider(logs));
        var org = await host.CreateOrganizationAsync();
        Assert.Equal(200, (await org.Live.GetAsync("/api/v1/events")).Status);
        await using (await host.Get<NpgsqlDataSource>().OpenConnectionAsync())
        {
            var answers = await Task.WhenAll(
                org.Live.GetAsync("/api/v1/events"), org.Live.PostAsync("/api/v1/events", Seed.EventBody("None")));
            Assert.Equal([503, 503], answers.Select(answer => answer.Status));
        }

        var lines = logs.Lines.Where(line => line.Text.Contains(" failed. ", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.Equal(LogLevel.Error, line.Level));
        Assert.All(lines, line => Assert.Contains("pool has been exhausted", line.Text, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain("   at ", line.Text, StringComparison.Ordinal));
    }

    /// <summary>Relays bytes between the host and the database until it hangs.</summary>
    private sealed class Relay : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _hung = new();
        private readonly CancellationTokenSource _end = new();
        private readonly int _target;

        public Relay(int target)
        {
            _target = target;
            _listener.Start();
            _ = AcceptAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        /// <summary>Keeps all connections open and accepts new ones, but relays nothing.</summary>
        public void Hang() => _hung.Cancel();

        public void Dispose()
        {
            if (_end.IsCancellationRequested)
                return;
            _hung.Cancel();
            _end.Cancel();
            _listener.Dispose();
        }

        private async Task AcceptAsync()
        {
            while (!_end.IsCancellationRequested)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }

        private async Task ServeAsync(TcpClient client)
        {
            using (client)
            using (var server = new TcpClient())
            {
                await server.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
                var (near, far) = (client.GetStream(), server.GetStream());
                await Task.WhenAny(near.CopyToAsync(far, _hung.Token), far.CopyToAsync(near, _hung.Token));
                if (_hung.IsCancellationRequested)
                {
                    await Task.Delay(Timeout.Infinite, _end.Token)
                        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
    }
}
