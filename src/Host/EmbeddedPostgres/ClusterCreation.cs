using System.Security.Cryptography;
using System.Text;

namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>
/// Creates a cluster next to its final location and moves it there once complete, so that a crash at any
/// time leaves a complete cluster or none.
/// </summary>
internal sealed class ClusterCreation(ClusterLocation location, PostgresBinaries binaries)
{
    private const string DraftPrefix = "postgres.new-";

    public Task RunAsync(string password, CancellationToken cancellationToken) =>
        RunAsync(password, location.Cluster, _ => Task.CompletedTask, cancellationToken);

    /// <param name="password">The password of the cluster.</param>
    /// <param name="target">Where to move the complete cluster.</param>
    /// <param name="fill">Fills the cluster, and leaves no server running.</param>
    /// <param name="cancellationToken">Cancels the creation.</param>
    public async Task RunAsync(
        string password, string target, Func<ClusterLocation, Task> fill, CancellationToken cancellationToken)
    {
        PrepareHome();
        var suffix = RandomNumberGenerator.GetHexString(8, lowercase: true);
        var draft = Path.Join(location.Home, DraftPrefix + suffix);
        PrivateFiles.CreateFolder(draft, othersMayEnter: false);
        try
        {
            await location.Account.GiveAsync(draft, cancellationToken);
            var cluster = await InitializeAsync(draft, password, cancellationToken);
            await fill(location with { Home = draft });
            Directory.Move(cluster, target);
        }
        finally
        {
            Discard(draft);
        }
    }

    /// <summary>Removes the remains of interrupted runs.</summary>
    public static void DiscardDrafts(string home)
    {
        if (!Directory.Exists(home))
            return;
        foreach (var draft in Directory.EnumerateDirectories(home, DraftPrefix + "*"))
        {
            PostmasterFile.Read(Path.Join(draft, "postgres"))?.End();
            Discard(draft);
        }
    }

    private void PrepareHome()
    {
        if (!location.IsElsewhere)
            return;
        PrivateFiles.CreateFolder(Path.GetDirectoryName(location.Home)!, othersMayEnter: true);
        PrivateFiles.CreateFolder(location.Home, othersMayEnter: true);
    }

    private static void Discard(string draft)
    {
        try
        {
            Directory.Delete(draft, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // An interrupted initdb may still be writing to it. The next start removes it.
        }
    }

    private async Task<string> InitializeAsync(
        string draft, string password, CancellationToken cancellationToken)
    {
        var cluster = Path.Join(draft, "postgres");
        var handOver = Path.Join(draft, "password");
        PrivateFiles.Create(handOver, password);
        await location.Account.GiveAsync(handOver, cancellationToken);
        var made = await location.Account.RunAsync(
            [
                binaries.InitDb, "--pgdata", cluster, "--username", "equaticket",
                "--pwfile", handOver, "--auth", "scram-sha-256", "--encoding", "UTF8",
                "--locale", "C", "--no-instructions",
            ],
            cancellationToken);
        if (!made.Succeeded)
            throw new EmbeddedPostgresException($"initdb created no cluster: {made.Output}");
        ClusterSettings.AppendTo(Path.Join(cluster, "postgresql.conf"));
        return cluster;
    }
}

/// <summary>The cluster's password: 192 random bits in a file that only its owner can read.</summary>
internal static class ClusterPassword
{
    private const int Bytes = 24;

    /// <summary>Reads the password, or creates it. It is always created before the cluster.</summary>
    public static string ReadOrMake(DataFolder data)
    {
        if (File.Exists(data.PasswordFile))
            return File.ReadAllText(data.PasswordFile).Trim();
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        var draft = data.PasswordFile + ".new";
        File.Delete(draft);
        PrivateFiles.Create(draft, password + "\n");
        File.Move(draft, data.PasswordFile);
        return password;
    }
}

/// <summary>The settings of a new cluster. The port is chosen on each start.</summary>
internal static class ClusterSettings
{
    private const string Text = """

        # Equaticket: reached by password on loopback alone.
        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        password_encryption = 'scram-sha-256'
        ssl = off
        max_connections = 500

        # Equaticket: what was acknowledged survives a crash.
        fsync = on
        synchronous_commit = on
        full_page_writes = on

        # Equaticket: short queries, quiet log.
        jit = off
        log_checkpoints = off
        log_line_prefix = '%m [%p] '

        """;

    public static void AppendTo(string configuration)
    {
        using var file = new FileStream(configuration, FileMode.Append, FileAccess.Write);
        file.Write(Encoding.UTF8.GetBytes(Text));
        file.Flush(flushToDisk: true);
    }
}
