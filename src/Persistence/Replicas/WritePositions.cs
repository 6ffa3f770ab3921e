using System.Collections.Concurrent;
using System.Net.Sockets;
using Npgsql;
using NpgsqlTypes;

namespace Equaticket.Persistence.Replicas;

/// <summary>
/// Knows the position in the WAL that a replica must have replayed to show an organization its own writes. Each host
/// announces a write to all hosts before it acknowledges it, and a read first waits for the announcements sent so far.
/// </summary>
public sealed class WritePositions : IAsyncDisposable
{
    /// <summary>Announces a write that concerns every organization.</summary>
    public static readonly Guid Everyone = Guid.Empty;

    private const string Listen = "LISTEN equaticket_writes";
    private const string Notify =
        "SELECT pg_notify('equaticket_writes', id || ' ' || pg_current_wal_insert_lsn()) FROM unnest($1) AS id";

    private const string Current = "SELECT pg_current_wal_insert_lsn(), pg_current_wal_flush_lsn()";
    private const ulong Unknown = ulong.MaxValue;
    private const int MaxKnown = 100_000;
    private const int TimeoutSeconds = 2;

    private readonly ConcurrentDictionary<Guid, ulong> _positions = new();
    private readonly HashSet<Guid> _unannounced = [];
    private readonly NpgsqlDataSource _primary;
    private readonly NpgsqlDataSource _direct;
    private readonly TimeProvider _clock;
    private readonly SharedRound _hearing;
    private readonly SharedRound _announcing;
    private NpgsqlConnection? _listening;
    private ulong _floor = Unknown;
    private ulong _newest;

    /// <param name="primary">Sends announcements.</param>
    /// <param name="connectionString">The primary without a connection pooler in between, to listen.</param>
    /// <param name="clock">Measures the age of positions.</param>
    public WritePositions(NpgsqlDataSource primary, string connectionString, TimeProvider clock)
    {
        (_primary, _clock) = (primary, clock);
        _direct = PersistenceServices.CreateDataSource(
            new(connectionString) { Pooling = false, Timeout = TimeoutSeconds, CommandTimeout = TimeoutSeconds },
            "equaticket replicas");
        (_hearing, _announcing) = (new SharedRound(ReadAsync), new SharedRound(SendAsync));
    }

    /// <summary>Whether announcements are being received. Otherwise, no replica is current enough.</summary>
    public bool IsListening => Volatile.Read(ref _floor) != Unknown;

    /// <summary>The end of the WAL that replicas can have received, and when it was read.</summary>
    public WalPosition Primary { get; private set; } = new(0, 0);

    /// <summary>The position of the organization's last known write.</summary>
    public ulong Of(Guid organization) =>
        Math.Max(Volatile.Read(ref _floor), _positions.GetValueOrDefault(organization));

    /// <summary>Waits for all announcements sent before the call. Connects to the primary if necessary.</summary>
    /// <exception cref="NpgsqlException">The primary does not respond.</exception>
    public Task HearAsync() => _hearing.JoinAsync();

    /// <summary>Announces a committed write to all hosts.</summary>
    /// <param name="organization">The organization, or <see cref="Everyone"/>.</param>
    /// <returns>False if the primary does not respond.</returns>
    public async Task<bool> AnnounceAsync(Guid organization)
    {
        lock (_unannounced)
            _unannounced.Add(organization);
        try
        {
            await _announcing.JoinAsync();
            return true;
        }
        catch (Exception fault) when (fault is NpgsqlException or SocketException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await _direct.DisposeAsync();
    }

    private async Task ReadAsync()
    {
        try
        {
            var listening = _listening ?? await ListenAsync();
            var now = _clock.GetTimestamp();
            ulong inserted;
            await using var command = new NpgsqlCommand(Current, listening);
            await using (var row = await command.ExecuteReaderAsync())
            {
                await row.ReadAsync();
                inserted = (ulong)row.GetFieldValue<NpgsqlLogSequenceNumber>(0);
                Primary = new WalPosition((ulong)row.GetFieldValue<NpgsqlLogSequenceNumber>(1), now);
            }

            // Writes announced before this host listened are before this position.
            Interlocked.CompareExchange(ref _floor, Math.Max(inserted, _newest), Unknown);
        }
        catch
        {
            Volatile.Write(ref _floor, Unknown);
            await CloseAsync();
            throw;
        }
    }

    private async Task<NpgsqlConnection> ListenAsync()
    {
        _listening = await _direct.OpenConnectionAsync();
        _listening.Notification += (_, announced) => OnNotification(announced.Payload);
        await using var command = new NpgsqlCommand(Listen, _listening);
        await command.ExecuteNonQueryAsync();
        return _listening;
    }

    private async ValueTask CloseAsync()
    {
        if (_listening is { } listening)
            await listening.DisposeAsync();
        _listening = null;
    }

    private void OnNotification(string payload)
    {
        var words = payload.Split(' ');
        var (organization, position) = (Guid.Parse(words[0]), (ulong)NpgsqlLogSequenceNumber.Parse(words[1]));
        _newest = Math.Max(_newest, position);
        if (organization != Everyone && _positions.Count < MaxKnown)
        {
            _positions.AddOrUpdate(organization, position, (_, known) => Math.Max(known, position));
            return;
        }

        if (IsListening)
            Volatile.Write(ref _floor, _newest);
        _positions.Clear();
    }

    private async Task SendAsync()
    {
        Guid[] organizations;
        lock (_unannounced)
        {
            organizations = [.. _unannounced];
            _unannounced.Clear();
        }

        try
        {
            await NotifyAsync(organizations);
        }
        catch
        {
            lock (_unannounced)
                _unannounced.UnionWith(organizations);
            throw;
        }
    }

    private async Task NotifyAsync(Guid[] organizations)
    {
        if (organizations.Length == 0)
            return;
        await using var command = _primary.CreateCommand(Notify);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = organizations });
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A position in the WAL of the primary.</summary>
/// <param name="Value">The position.</param>
/// <param name="At">When the primary was there, as a timestamp of the clock.</param>
public sealed record WalPosition(ulong Value, long At);
