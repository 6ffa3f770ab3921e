namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>
/// A process's use of the embedded PostgreSQL of a data folder. Any number of processes may use it
/// concurrently; the last one to leave stops the server.
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

    /// <summary>The connection string of the existing database <c>equaticket</c>.</summary>
    public string ConnectionString { get; }

    /// <summary>Notices for the operator about the cluster's location and what was done.</summary>
    public IReadOnlyList<string> Notices { get; }

    /// <summary>
    /// Starts, reuses, or recovers the cluster of the data folder, and registers this process as a user.
    /// </summary>
    /// <exception cref="EmbeddedPostgresException">No server could be started.</exception>
    public static async Task<EmbeddedCluster> AcquireAsync(
        string dataFolder, CancellationToken cancellationToken)
    {
        try
        {
            return await JoinAsync(dataFolder, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unusable(dataFolder, error);
        }
    }

    /// <summary>
    /// Upgrades the cluster of a data folder, which no process may use, to the newest installed version.
    /// </summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="oldFolder">The programs of the cluster's version; null to search for them.</param>
    /// <param name="say">Shows progress to the operator.</param>
    /// <param name="cancellationToken">Cancels the upgrade, which then changes nothing.</param>
    /// <returns>The major versions before and after, and the folder of the old cluster.</returns>
    /// <exception cref="EmbeddedPostgresException">The cluster can't be upgraded.</exception>
    public static async Task<(int From, int To, string Kept)> UpgradeAsync(
        string dataFolder, string? oldFolder, Action<string> say, CancellationToken cancellationToken)
    {
        try
        {
            var data = DataFolder.Open(dataFolder);
            await using var turn = await FileLock.EnterAsync(data.TurnLock, StartBound, cancellationToken);
            await using var alone = FileLock.TryOwn(data.UsersLock) ?? throw new EmbeddedPostgresException(
                $"The database in {data.Path} is in use. Stop all servers and commands that use it first.");
            return await ClusterOpening.UpgradeAsync(data, oldFolder, say, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unusable(dataFolder, error);
        }
    }

    private static EmbeddedPostgresException Unusable(string dataFolder, Exception error) => new(
        $"The data folder {dataFolder} cannot be used: {error.Message.TrimEnd('.')}. Free up space or make it "
        + "writable, or set EQUATICKET_DATA to another folder.", error);

    /// <summary>Same server and user, but another database, which may not exist.</summary>
    public string ConnectionStringFor(string database) => _address.ConnectionString(database);

    /// <summary>Leaves the cluster. The last user stops the server and waits a few seconds for it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _hold, value: null) is not { } hold)
            return;
        try
        {
            await using var turn = await FileLock.TryEnterAsync(
                _data.TurnLock, LeaveBound, CancellationToken.None);
            if (turn is not null)
                await LeaveAsync(_data, _cluster.Server, hold);
            // Otherwise, another process is joining, and becomes the last user.
        }
        catch (IOException)
        {
            // The disk has become read-only. The server keeps running, and the next user finds it.
        }
        finally
        {
            await hold.DisposeAsync();
        }
    }

    private static async Task<EmbeddedCluster> JoinAsync(
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
            // Stopping a long recovery would only restart it. The next user keeps waiting for it.
            await hold.DisposeAsync();
            throw;
        }
        catch
        {
            await LeaveAsync(data, cluster.Server, hold);
            throw;
        }
    }

    private static async Task LeaveAsync(DataFolder data, PostgresServer server, FileStream hold)
    {
        await hold.DisposeAsync();
        await using var alone = FileLock.TryOwn(data.UsersLock);
        if (alone is not null)
            await server.StopAsync();
    }
}

/// <summary>The embedded PostgreSQL is unavailable. The message explains what to do.</summary>
public sealed class EmbeddedPostgresException(string message, Exception? innerException = null)
    : Exception(message, innerException);
