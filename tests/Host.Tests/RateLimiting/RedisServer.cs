using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Equaticket.Host.Tests.RateLimiting;

/// <summary>A Redis server for one test, on loopback and without persistence.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly Process _process;
    private bool _isStopped;

    private RedisServer(Process process, int port)
    {
        _process = process;
        ConnectionString = $"127.0.0.1:{port}";
    }

    public string ConnectionString { get; }

    /// <param name="options">Additional command-line settings.</param>
    public static async Task<RedisServer> StartAsync(params string[] options)
    {
        var port = FreePort();
        var process = Process.Start(new ProcessStartInfo(
            "redis-server",
            [
                "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1",
                "--save", "", "--appendonly", "no", .. options,
            ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        _ = process.StandardOutput.ReadToEndAsync();
        var server = new RedisServer(process, port);
        await Poll.UntilAsync(server.AnswersAsync);
        return server;
    }

    /// <summary>
    /// Counts within one minute of the Redis server's clock, and starts over if that minute ends meanwhile.
    /// </summary>
    public static async Task<T> InOneWindowAsync<T>(Func<Task<T>> count)
    {
        while (true)
        {
            var minute = TimeProvider.System.GetUtcNow().Minute;
            var counted = await count();
            if (TimeProvider.System.GetUtcNow().Minute == minute)
                return counted;
        }
    }

    /// <summary>Makes the server hang: connections stay open, but get no response.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    public Task ResumeAsync() => SignalAsync("CONT");

    /// <summary>Stops the server immediately. A second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isStopped)
            return;
        _isStopped = true;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync(ConnectionString);
            return true;
        }
        catch (RedisConnectionException)
        {
            return false;
        }
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
