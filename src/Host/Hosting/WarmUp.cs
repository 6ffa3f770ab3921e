using Equaticket.Persistence;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Npgsql;

namespace Equaticket.Host.Hosting;

/// <summary>
/// Does the work that would delay the first requests, before <c>/readyz</c> returns 200: it compiles the request
/// pipeline, rehearses reads and writes, and opens connections. The server accepts requests in the meantime.
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

    /// <summary>After this time, on a very busy machine, the server is ready without having finished.</summary>
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
    /// If this server listens without TLS, sends it requests that need no key and change nothing. Any response is fine.
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
                // The response doesn't matter.
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
