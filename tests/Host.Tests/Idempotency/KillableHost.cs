using Equaticket.Host.EmbeddedPostgres;
using Equaticket.Host.Tests.EmbeddedPostgres;
using Equaticket.Host.Tests.Serving;
using Npgsql;

namespace Equaticket.Host.Tests.Idempotency;

/// <summary>A host that is killed and then replaced, while its database keeps running.</summary>
internal sealed class KillableHost : IAsyncDisposable
{
    private readonly ClusterFolder _folder;
    private readonly (string Name, string Value)[] _settings;
    private EmbeddedCluster? _cluster;
    private NpgsqlDataSource? _database;
    private RunningHost? _current;
    private TaskCompletionSource<RunningHost> _serving = Pending();

    private KillableHost(ClusterFolder folder, (string Name, string Value)[] settings) =>
        (_folder, _settings) = (folder, settings);

    /// <summary>The data folder.</summary>
    public string Data => _folder.Data;

    public NpgsqlDataSource Database => _database!;

    public string ConnectionString => _cluster!.ConnectionString;

    /// <summary>A test key that is valid on every host.</summary>
    public string Key { get; private set; } = "";

    /// <param name="settings">Environment variables.</param>
    public static async Task<KillableHost> StartAsync(params (string Name, string Value)[] settings)
    {
        var host = new KillableHost(await ClusterFolder.PreparedAsync(), settings);
        host._current = await host.StartNextAsync();
        host.Key = host._current.TestKey;
        host._cluster = await host._folder.AcquireAsync();
        host._database = NpgsqlDataSource.Create(host._cluster.ConnectionString);
        host._serving.SetResult(host._current);
        return host;
    }

    /// <summary>Kills the host with <c>kill -9</c>, however many requests are in flight.</summary>
    public async Task KillAsync()
    {
        _serving = Pending();
        await _current!.KillAsync();
        await _current.DisposeAsync();
    }

    /// <summary>Switches to the next host if a failed test left none.</summary>
    public Task EnsureServingAsync() => _serving.Task.IsCompleted ? Task.CompletedTask : FollowAsync();

    /// <summary>Switches to the next host.</summary>
    public async Task FollowAsync()
    {
        _current = await StartNextAsync();
        _serving.SetResult(_current);
    }

    /// <summary>Sends a POST as soon as a host is serving.</summary>
    /// <returns>The response, or null if the host died first.</returns>
    public async Task<ApiResponse?> TryPostAsync(
        string path, string? key, object body, string idempotencyKey)
    {
        var host = await _serving.Task;
        try
        {
            return await ApiResponse.SendAsync(
                host.Http, HttpMethod.Post, path, key, body, ("Idempotency-Key", idempotencyKey));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException
            or ObjectDisposedException or OperationCanceledException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_current is not null)
            await _current.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
        if (_cluster is not null)
            await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    private static TaskCompletionSource<RunningHost> Pending() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task<RunningHost> StartNextAsync() =>
        RunningHost.StartAsync(_folder.Data, words: null, _settings);
}
