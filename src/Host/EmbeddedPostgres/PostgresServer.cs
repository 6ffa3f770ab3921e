using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>The server of a cluster. Starting or stopping it requires the turn lock.</summary>
internal sealed class PostgresServer(ClusterLocation location, PostgresBinaries binaries)
{
    private const string StopSeconds = "4";
    private static readonly TimeSpan StartBound = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Errors after which another attempt may succeed: the port was taken in the meantime, or child processes of a
    /// killed server have not exited yet.
    /// </summary>
    private static readonly string[] PassingTroubles =
    [
        "could not create any TCP/IP sockets",
        "pre-existing shared memory block",
        "lock file \"postmaster.pid\" already exists",
    ];

    private readonly ServerLog _log = new(location.LogFile);

    /// <summary>A notice about the state of the server; null after a normal start.</summary>
    public string? Notice { get; private set; } = "Using the PostgreSQL server that is already running.";

    /// <summary>Starts the server, or waits until a running one responds.</summary>
    public async Task<ServerAddress> EnsureRunningAsync(
        string password, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < StartBound)
        {
            var file = PostmasterFile.Read(location.Cluster);
            if (file is null || !file.IsRunning())
                file = await StartAsync(file, cancellationToken);
            var address = new ServerAddress(file?.Port ?? 0, password, location.Cluster);
            if (file is not null && await address.AnswersAsync(cancellationToken))
                return address;
            await Task.Delay(Pause, cancellationToken);
        }
        throw Failed($"did not respond within {StartBound.TotalSeconds} s. "
            + "If it is recovering, recovery continues; start again to wait for it",
            new TimeoutException());
    }

    /// <summary>Ends sessions and stops the server. If it takes longer, it continues to shut down.</summary>
    public async Task StopAsync()
    {
        if (PostmasterFile.Read(location.Cluster)?.IsRunning() is true)
            await PgCtlAsync(["stop", "-m", "fast", "-t", StopSeconds], CancellationToken.None);
    }

    /// <param name="left">The remains of a server that was not shut down properly.</param>
    /// <param name="cancellationToken">Cancels the wait, not the server.</param>
    /// <returns>The running server, or null if another attempt may succeed.</returns>
    private async Task<PostmasterFile?> StartAsync(
        PostmasterFile? left, CancellationToken cancellationToken)
    {
        Announce(left);
        left?.RemoveWhenMisleading();
        // Processes that survive a server crash reconnect on the port they know.
        var port = FreePort.Choose(preferred: left?.Port ?? 0);
        var bound = StartBound.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        var mark = _log.Mark();
        var start = await PgCtlAsync(
            ["start", "-t", bound, "-l", location.LogFile, "-o", $"-p {port}"], cancellationToken);
        var file = PostmasterFile.Read(location.Cluster);
        if (start.Succeeded || file?.IsRunning() is true)
            return file;
        var said = _log.Since(mark);
        return Array.Exists(PassingTroubles, said.Contains)
            ? null
            : throw Failed($"failed to start: {start.Output}");
    }

    private void Announce(PostmasterFile? left)
    {
        const string Recovered = "PostgreSQL was not shut down properly; it has been recovered.";
        if (left is not null)
            Notice = Recovered;
        else if (Notice is not Recovered)
            Notice = null;
    }

    private EmbeddedPostgresException Failed(string what, Exception? cause = null) =>
        new($"PostgreSQL in {location.Cluster} {what}. "
            + $"The last lines of {location.LogFile}:\n{_log.Tail()}", cause);

    private Task<CommandResult> PgCtlAsync(string[] words, CancellationToken cancellationToken) =>
        location.Account.RunAsync(
            [binaries.PgCtl, .. words, "-w", "-D", location.Cluster], cancellationToken);
}

/// <summary>The server's log, which explains why it does not start.</summary>
internal sealed class ServerLog(string path)
{
    private const long LongestKept = 16 * 1024 * 1024;
    private const int TailLines = 15;

    /// <summary>The position where the next start will write. Rotates a long log first.</summary>
    public long Mark()
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            return 0;
        if (file.Length < LongestKept)
            return file.Length;
        File.Move(path, path + ".1", overwrite: true);
        return 0;
    }

    public string Since(long mark)
    {
        if (!File.Exists(path))
            return "";
        using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(Math.Min(mark, file.Length), SeekOrigin.Begin);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    public string Tail() =>
        string.Join('\n', Since(0).TrimEnd().Split('\n').TakeLast(TailLines));
}
