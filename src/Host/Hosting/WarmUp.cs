using Equaticket.Persistence;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Npgsql;

namespace Equaticket.Host.Hosting;

/// <summary>
/// Runs what the first requests would have to wait for, before <c>/readyz</c> returns 200: it compiles the path of
/// requests, rehearses reads and writes, and opens connections. The server accepts requests in the meantime.
/// </summary>
internal sealed class WarmUp(
    IServer server,
    Rehearsal rehearsal,
    WarmUpScript script,
    NpgsqlDataSource database,
    CounterDatabase counters,
    IHostApplicationLifetime lifetime,
    ILogger<WarmUp> log) : BackgroundService
{
    private const int Connections = 8;

    /// <summary>A server that takes longer, on a machine that is very busy, serves without it.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private volatile bool _isOver;

    /// <summary>Whether the server is warm, or has given up warming up.</summary>
    public bool IsOver => _isOver;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(lifetime.ApplicationStarted, stoppingToken);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        bound.CancelAfter(Bound);
        try
        {
            await RequestAsync(bound.Token);
            await rehearsal.RunAsync(script.PlayAsync, bound.Token);
            await ConnectAsync(bound.Token);
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            log.LogWarning(
                "The server did not warm up ({Reason}), so its first requests take longer.", fault.Message);
        }
        finally
        {
            _isOver = true;
        }
    }

    private static Task StartedAsync(CancellationToken started, CancellationToken stopping)
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        started.Register(source.SetResult);
        return source.Task.WaitAsync(stopping);
    }

    /// <summary>
    /// Sends requests that need no key and change nothing to this server, if it listens without TLS. Whatever it
    /// answers is fine.
    /// </summary>
    private async Task RequestAsync(CancellationToken cancellationToken)
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.Select(Listeners.LocalUrl)
            .FirstOrDefault(url => Uri.TryCreate(url, UriKind.Absolute, out var uri)
                && uri is { Scheme: "http", HostNameType: not UriHostNameType.Unknown, Host: not "unix" });
        if (address is null)
            return;
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        foreach (var request in WarmUpScript.Requests())
        {
            using (request)
            using (await http.SendAsync(request, cancellationToken))
            {
                // Only the way there matters.
            }
        }
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var size = new NpgsqlConnectionStringBuilder(database.ConnectionString).MaxPoolSize;
        await Task.WhenAll(Enumerable.Repeat(database, Math.Clamp(size / 2, 1, Connections)).Append(counters.Source)
            .Select(async source =>
            {
                await using var command = source.CreateCommand("SELECT pg_sleep(0.01)");
                await command.ExecuteNonQueryAsync(cancellationToken);
            }));
    }
}
