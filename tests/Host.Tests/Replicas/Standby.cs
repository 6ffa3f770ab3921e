using System.Diagnostics;
using System.Globalization;
using Equaticket.Host.EmbeddedPostgres;
using Equaticket.Host.Tests.EmbeddedPostgres;
using Npgsql;
using NpgsqlTypes;

namespace Equaticket.Host.Tests.Replicas;

/// <summary>A streaming replica of a cluster.</summary>
public sealed class Standby : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("equaticket-standby-");
    private readonly NpgsqlConnectionStringBuilder _primary;
    private readonly ServerAccount _account;
    private readonly string _programs;
    private readonly int _port = FreePort.Choose(0);

    private Standby(NpgsqlConnectionStringBuilder primary, ServerAccount account, string programs)
    {
        (_primary, _account, _programs) = (primary, account, programs);
        ConnectionString = $"{primary.ConnectionString};Port={_port}";
    }

    public string ConnectionString { get; }

    private string Data => Path.Join(_folder.FullName, "data");

    /// <param name="connectionString">The primary.</param>
    /// <param name="cluster">The folder of its data.</param>
    public static async Task<Standby> StartAsync(string connectionString, string cluster)
    {
        var binaries = await PostgresBinaries.FindNewestAsync(CancellationToken.None);
        var account = await ServerAccount.ChooseAsync(cluster, CancellationToken.None);
        var standby = new Standby(
            new NpgsqlConnectionStringBuilder(connectionString), account, Path.GetDirectoryName(binaries.PgCtl)!);
        await account.GiveAsync(standby._folder.FullName, CancellationToken.None);
        await standby.CopyAsync();
        await standby.StartAsync();
        return standby;
    }

    public Task StartAsync() => RunAsync(
        "pg_ctl", "start", "-w", "-D", Data, "-l", Path.Join(_folder.FullName, "log"), "-o", $"-p {_port}");

    /// <summary>Ends the server at once, like a crash.</summary>
    public Task CrashAsync() => RunAsync("pg_ctl", "stop", "-w", "-m", "immediate", "-D", Data);

    /// <summary>Stops replaying what the primary sends.</summary>
    public Task PauseAsync() => AskAsync("SELECT pg_wal_replay_pause()");

    /// <summary>Replays what the primary has sent, and waits until it is replayed.</summary>
    public async Task ResumeAsync()
    {
        await AskAsync("SELECT pg_wal_replay_resume()");
        await CatchUpAsync();
    }

    public async Task CatchUpAsync()
    {
        var end = (NpgsqlLogSequenceNumber)(await ClusterFolder.AskAsync(
            _primary.ConnectionString, "SELECT pg_current_wal_flush_lsn()"))!;
        await Poll.UntilAsync(async () =>
            (NpgsqlLogSequenceNumber)(await AskAsync("SELECT pg_last_wal_replay_lsn()"))! >= end);
    }

    /// <summary>Freezes all processes of the server, so that it accepts connections and responds to nothing.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    public Task ThawAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        await SignalAsync("CONT");
        await _account.RunAsync(
            [Path.Join(_programs, "pg_ctl"), "stop", "-w", "-m", "immediate", "-D", Data], CancellationToken.None);
        _folder.Delete(recursive: true);
    }

    private Task<object?> AskAsync(string sql) => ClusterFolder.AskAsync(ConnectionString, sql);

    private Task CopyAsync() => RunAsync(
        "pg_basebackup", "-D", Data, "-R", "-X", "stream", "-c", "fast", "-d",
        $"host={_primary.Host} port={_primary.Port} user={_primary.Username} password={_primary.Password}");

    private async Task RunAsync(string program, params string[] words)
    {
        var run = await _account.RunAsync([Path.Join(_programs, program), .. words], CancellationToken.None);
        Assert.True(run.Succeeded, run.Output);
    }

    /// <summary>Signals the postmaster and its children, if the server runs.</summary>
    private async Task SignalAsync(string signal)
    {
        if (PostmasterFile.Read(Data) is not { } file || !file.IsRunning())
            return;
        var children = await Command.RunAsync(
            ["ps", "-o", "pid=", "--ppid", file.ProcessId.ToString(CultureInfo.InvariantCulture)],
            CancellationToken.None);
        using var kill = Process.Start("kill", [
            $"-{signal}", $"{file.ProcessId}",
            .. children.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)]);
        await kill.WaitForExitAsync();
    }
}
