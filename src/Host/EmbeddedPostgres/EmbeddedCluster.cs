namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>
/// One process's use of the embedded PostgreSQL of a data folder. Any number of processes may use it
/// at once; the last one to leave stops the server.
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

    /// <summary>Connection string of the existing database <c>equaticket</c>.</summary>
    public string ConnectionString { get; }

    /// <summary>Notices for the operator: where the cluster is, and what was done.</summary>
    public IReadOnlyList<string> Notices { get; }

    /// <summary>
    /// Starts, adopts or recovers the cluster of the data folder, and becomes one of its users.
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
            throw new EmbeddedPostgresException(
                $"The data folder {dataFolder} cannot be used: {error.Message.TrimEnd('.')}. Make room or make it "
                + "writable, or set EQUATICKET_DATA to another folder.", error);
        }
    }

    /// <summary>The same server and user, with another database, which may not exist.</summary>
    public string ConnectionStringFor(string database) => _address.ConnectionString(database);

    /// <summary>Leaves. The last user stops the server and waits a few seconds for it.</summary>
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
            // Otherwise another process is joining and will be the last one.
        }
        catch (IOException)
        {
            // The disk is read-only by now: the server stays, and the next user finds it.
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
            // Stopping a long recovery would only restart it. The next user continues to wait.
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

/// <summary>The embedded PostgreSQL is unavailable. The message says what to do.</summary>
public sealed class EmbeddedPostgresException(string message, Exception? innerException = null)
    : Exception(message, innerException);
