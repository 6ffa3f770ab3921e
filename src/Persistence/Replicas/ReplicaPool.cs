using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Equaticket.Persistence.Replicas;

/// <summary>
/// The replicas that take reads. A caller never reads a state older than its organization's last announced write.
/// </summary>
public sealed class ReplicaPool : IAsyncDisposable
{
    private int _turn;

    private ReplicaPool(IReadOnlyList<Replica> all, WritePositions? writes) => (All, Writes) = (all, writes);

    /// <summary>All reads go to the primary.</summary>
    public static ReplicaPool None { get; } = new([], writes: null);

    public IReadOnlyList<Replica> All { get; }

    /// <summary>Null without replicas.</summary>
    public WritePositions? Writes { get; }

    /// <param name="settings">The replicas; several hosts are separated by commas.</param>
    /// <param name="writes">Knows what the replicas must have replayed.</param>
    /// <param name="options">The options of the primary's contexts.</param>
    public static ReplicaPool Of(
        NpgsqlConnectionStringBuilder settings,
        WritePositions writes,
        DbContextOptions<EquaticketDbContext> options) =>
        new([.. settings.Host!.Split(',').Select(host => new Replica(Only(settings, host), options))], writes);

    /// <returns>A replica that may have the organization's last known write; null if there is none.</returns>
    public Replica? Find(Guid organization)
    {
        if (Writes is not { IsListening: true } writes)
            return null;
        var (position, turn) = (writes.Of(organization), (uint)Interlocked.Increment(ref _turn));
        for (var i = 0u; i < All.Count; i++)
        {
            var replica = All[(int)((turn + i) % (uint)All.Count)];
            if (replica.MayHave(position))
                return replica;
        }

        return null;
    }

    /// <returns>The position that includes all writes of the organization acknowledged before the call.</returns>
    public async Task<ulong> PositionOfAsync(Guid organization)
    {
        await Writes!.HearAsync();
        return Writes.Of(organization);
    }

    /// <summary>Makes every host read the organization's committed write. Without replicas, does nothing.</summary>
    /// <returns>False if the primary does not respond, so that the write must not be acknowledged.</returns>
    public Task<bool> AnnounceAsync(Guid organization) =>
        Writes?.AnnounceAsync(organization) ?? Task.FromResult(true);

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in All)
            await replica.DisposeAsync();
        if (Writes is not null)
            await Writes.DisposeAsync();
    }

    /// <param name="settings">The settings of all hosts.</param>
    /// <param name="host">The host, which may have a port of its own.</param>
    private static NpgsqlConnectionStringBuilder Only(NpgsqlConnectionStringBuilder settings, string host)
    {
        var only = new NpgsqlConnectionStringBuilder(settings.ConnectionString)
        {
            Host = host.Trim(),
            TargetSessionAttributes = null,
            LoadBalanceHosts = false,
        };
        if (Uri.TryCreate($"tcp://{only.Host}", UriKind.Absolute, out var address) && address.Port > 0)
            (only.Host, only.Port) = (address.DnsSafeHost, address.Port);
        return only;
    }
}
