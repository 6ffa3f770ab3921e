using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using NpgsqlTypes;

namespace Equaticket.Persistence.Replicas;

/// <summary>A streaming replica, and what is known about it. It is unusable until it has been measured.</summary>
/// <remarks>
/// Whoever waits for a replica that hangs leaves, but doesn't cancel the statement: the driver would ask the replica to
/// cancel it, and block a thread until that responds. The server ends statements, and TCP ends connections.
/// </remarks>
public sealed class Replica : IAsyncDisposable
{
    private const string Statement = "SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() END";

    private const int KeepAliveSeconds = 10;

    /// <summary>How long a read waits for a connection before it turns to the primary.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlDataSource _probes;
    private readonly PooledDbContextFactory<EquaticketDbContext> _contexts;
    private CancellationTokenSource _use = new(TimeSpan.Zero);
    private Task _measurement = Task.CompletedTask;
    private NpgsqlConnection? _probe;
    private WalPosition? _target;
    private ulong _replayed;
    private int _isSuspect;

    /// <param name="settings">Connects to this server only.</param>
    /// <param name="options">The options of the primary's contexts.</param>
    internal Replica(NpgsqlConnectionStringBuilder settings, DbContextOptions<EquaticketDbContext> options)
    {
        Name = $"{settings.Host}:{settings.Port}";
        settings.CommandTimeout = 0;
        (settings.TcpKeepAlive, settings.TcpKeepAliveTime, settings.TcpKeepAliveInterval) =
            (true, KeepAliveSeconds, KeepAliveSeconds);
        _source = PersistenceServices.CreateDataSource(settings, $"equaticket replica {Name}");
        settings.Pooling = false;
        _probes = PersistenceServices.CreateDataSource(settings, "equaticket replica probe");
        var own = new DbContextOptionsBuilder<EquaticketDbContext>(options);
        PersistenceServices.Configure(own, _source);
        _contexts = new PooledDbContextFactory<EquaticketDbContext>(own.Options);
    }

    /// <summary>Host and port.</summary>
    public string Name { get; }

    /// <summary>When the primary was where the replica is now; null if the replica has not caught up yet.</summary>
    public long? CurrentAt { get; private set; }

    /// <summary>Whether the server was the primary when it last responded, such as after a failover.</summary>
    public bool IsPrimary { get; private set; }

    public bool IsUsable => !Outage.IsCancellationRequested;

    /// <summary>Cancels reads when the replica becomes unusable.</summary>
    private CancellationToken Outage => Volatile.Read(ref _use).Token;

    public void Use() => Volatile.Write(ref _use, new CancellationTokenSource());

    public void Avoid() => _ = _use.CancelAsync();

    /// <summary>Whether it is worth asking the replica. The connection that reads decides.</summary>
    internal bool MayHave(ulong position) => IsUsable && Volatile.Read(ref _replayed) >= position;

    /// <summary>Measures the replica over a connection of its own, which is a new one after reads got none.</summary>
    /// <param name="primary">A position that the primary has reached.</param>
    /// <param name="bound">How long to wait.</param>
    /// <exception cref="NpgsqlException">The server fails, or is not a replica.</exception>
    /// <exception cref="TimeoutException">The server does not respond.</exception>
    public Task MeasureAsync(WalPosition primary, TimeSpan bound)
    {
        if (_measurement.IsCompleted)
            _measurement = ProbeAsync(primary);
        return _measurement.WaitAsync(bound);
    }

    /// <summary>Reads from the replica.</summary>
    /// <param name="tenant">The tenant whose rows are read.</param>
    /// <param name="position">The position that the replica must have replayed.</param>
    /// <param name="read">Reads. It may continue after the caller has left.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Null if the replica is behind the position or fails.</returns>
    public async Task<T?> ReadAsync<T>(
        TenantScope tenant,
        Task<ulong> position,
        Func<EquaticketDbContext, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken)
        where T : class
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (opened, outage) = (new TaskCompletionSource<bool>(), Outage);
        var reading = RunAsync(tenant, position, read, opened, cancellation.Token);
        try
        {
            await opened.Task.WaitAsync(Patience, cancellationToken);
            return await reading.WaitAsync(outage);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            if (fault is TimeoutException && opened.TrySetCanceled(CancellationToken.None))
                Volatile.Write(ref _isSuspect, 1);
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseProbeAsync();
        await _probes.DisposeAsync();
        await _source.DisposeAsync();
        _use.Dispose();
    }

    private async Task<T?> RunAsync<T>(
        TenantScope tenant,
        Task<ulong> position,
        Func<EquaticketDbContext, CancellationToken, Task<T>> read,
        TaskCompletionSource<bool> opened,
        CancellationToken cancellationToken)
        where T : class
    {
        await using var database = _contexts.CreateDbContext();
        (database.Tenant, database.IsReplica) = (tenant, true);
        try
        {
            var replayed = await OpenAsync(database);
            return opened.TrySetResult(true) && replayed >= await position
                ? await read(database, cancellationToken)
                : null;
        }
        catch (Exception fault)
        {
            opened.TrySetException(fault);
            return null;
        }
        finally
        {
            await database.Database.CloseConnectionAsync();
        }
    }

    /// <summary>
    /// Opens the connection of a read. What it has replayed holds as long as the connection: after a crash, a replica
    /// may start again from an earlier position.
    /// </summary>
    private static async Task<ulong> OpenAsync(EquaticketDbContext database)
    {
        await database.Database.OpenConnectionAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(
            Statement, (NpgsqlConnection)database.Database.GetDbConnection());
        if (database.PreparesStatements)
            await command.PrepareAsync(CancellationToken.None);
        return PositionOf(await command.ExecuteScalarAsync(CancellationToken.None));
    }

    private async Task ProbeAsync(WalPosition primary)
    {
        try
        {
            if (Interlocked.Exchange(ref _isSuspect, 0) == 1)
                await CloseProbeAsync();
            _probe ??= await _probes.OpenConnectionAsync();
            await using var command = new NpgsqlCommand(Statement, _probe);
            var replayed = await command.ExecuteScalarAsync();
            IsPrimary = replayed is DBNull;
            Note(PositionOf(replayed), primary);
        }
        catch
        {
            await CloseProbeAsync();
            throw;
        }
    }

    private static ulong PositionOf(object? replayed) => replayed is NpgsqlLogSequenceNumber position
        ? (ulong)position
        : throw new NpgsqlException("it is the primary");

    private void Note(ulong replayed, WalPosition primary)
    {
        Volatile.Write(ref _replayed, replayed);
        _target ??= primary;
        if (replayed >= primary.Value)
            (CurrentAt, _target) = (primary.At, primary);
        else if (replayed >= _target.Value)
            (CurrentAt, _target) = (_target.At, primary);
    }

    private async Task CloseProbeAsync()
    {
        if (_probe is { } probe)
            await probe.DisposeAsync();
        _probe = null;
    }
}
