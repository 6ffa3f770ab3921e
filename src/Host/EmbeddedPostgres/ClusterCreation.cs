using System.Security.Cryptography;

namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>
/// Makes a cluster beside its place and moves it there when it is whole, so that dying at any
/// moment leaves a whole cluster or none.
/// </summary>
internal sealed class ClusterCreation(ClusterLocation location, PostgresBinaries binaries)
{
    private const string DraftPrefix = "postgres.new-";

    public async Task RunAsync(string password, CancellationToken cancellationToken)
    {
        PrepareHome();
        var suffix = RandomNumberGenerator.GetHexString(8, lowercase: true);
        var draft = Path.Join(location.Home, DraftPrefix + suffix);
        PrivateFiles.CreateFolder(draft, othersMayEnter: false);
        try
        {
            await location.Account.GiveAsync(draft, cancellationToken);
            var cluster = await InitializeAsync(draft, password, cancellationToken);
            Directory.Move(cluster, location.Cluster);
        }
        finally
        {
            Discard(draft);
        }
    }

    /// <summary>Removes what creations left that were cut off.</summary>
    public static void DiscardDrafts(string home)
    {
        if (!Directory.Exists(home))
            return;
        foreach (var draft in Directory.EnumerateDirectories(home, DraftPrefix + "*"))
            Discard(draft);
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
        catch (IOException)
        {
            // An initdb that was cut off still writes into it. The next start discards it.
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
