namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>
/// One user's hold on the private PostgreSQL of a data folder. Any number of processes may hold it
/// at once; whoever leaves last stops the server.
/// </summary>
public sealed class EmbeddedCluster : IAsyncDisposable
{
    private const string Database = "equaticket";
    private static readonly TimeSpan StartBound = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan LeaveBound = TimeSpan.FromSeconds(2);

    private readonly DataFolder _data;
    private readonly OpenCluster _cluster;
    private readonly ServerAddress _address;
    private FileStream? _hold;

    private EmbeddedCluster(
        DataFolder data, OpenCluster cluster, ServerAddress address, FileStream hold)
    {
        (_data, _cluster, _address, _hold) = (data, cluster, address, hold);
        ConnectionString = ConnectionStringFor(Database);
        Notices = cluster.Server.Notice is { } notice
            ? [.. cluster.Notices, notice]
            : cluster.Notices;
    }

    /// <summary>Connection string of the database <c>equaticket</c>, which exists.</summary>
    public string ConnectionString { get; }

    /// <summary>Sentences for a person: where the cluster lies, and what had to be done.</summary>
    public IReadOnlyList<string> Notices { get; }

    /// <summary>
    /// Starts, adopts or recovers the cluster of the data folder, and becomes one of its users.
    /// </summary>
    /// <exception cref="EmbeddedPostgresException">There is no server to be had.</exception>
    public static async Task<EmbeddedCluster> AcquireAsync(
        string dataFolder, CancellationToken cancellationToken)
    {
        var data = DataFolder.Open(dataFolder);
        await using var turn = await FileLock.EnterAsync(
            data.TurnLock, StartBound, cancellationToken);
        var cluster = await ClusterOpening.OpenAsync(data, cancellationToken);
        var hold = FileLock.TryShare(data.UsersLock)
            ?? throw new EmbeddedPostgresException($"{data.UsersLock} cannot be locked.");
        try
        {
            var address = await cluster.Server.EnsureRunningAsync(
                cluster.Password, cancellationToken);
            await address.EnsureDatabaseAsync(Database, cancellationToken);
            return new EmbeddedCluster(data, cluster, address, hold);
        }
        catch (EmbeddedPostgresException error) when (error.InnerException is TimeoutException)
        {
            // Stopping a long recovery would only begin it anew. The next user waits on.
            await hold.DisposeAsync();
            throw;
        }
        catch
        {
            await LeaveAsync(data, cluster.Server, hold);
            throw;
        }
    }

    /// <summary>The same server and user, another database, which need not exist.</summary>
    public string ConnectionStringFor(string database) => _address.ConnectionString(database);

    /// <summary>Leaves. The last user stops the server and waits some seconds for it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _hold, value: null) is not { } hold)
            return;
        await using var turn = await FileLock.TryEnterAsync(
            _data.TurnLock, LeaveBound, CancellationToken.None);
        if (turn is null)
            await hold.DisposeAsync(); // Somebody is arriving, so somebody else will be last.
        else
            await LeaveAsync(_data, _cluster.Server, hold);
    }

    private static async Task LeaveAsync(DataFolder data, PostgresServer server, FileStream hold)
    {
        await hold.DisposeAsync();
        await using var alone = FileLock.TryOwn(data.UsersLock);
        if (alone is not null)
            await server.StopAsync();
    }
}
