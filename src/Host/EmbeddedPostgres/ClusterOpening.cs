using System.Globalization;
using System.Security.Cryptography;

namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>A complete cluster with its password and notices for the operator.</summary>
internal sealed record OpenCluster(PostgresServer Server, string Password, List<string> Notices);

/// <summary>Finds or creates the cluster of a data folder.</summary>
internal static class ClusterOpening
{
    public static async Task<OpenCluster> OpenAsync(
        DataFolder data, CancellationToken cancellationToken)
    {
        var notices = new List<string>();
        var location = await ClusterLocation.ResolveAsync(data, cancellationToken);
        ClusterUpgrade.Finish(location);
        var binaries = await PostgresBinaries.FindAsync(
            VersionOf(location.Cluster), cancellationToken);
        if (binaries.Newer is { } newer)
        {
            notices.Add($"PostgreSQL {newer} is installed, and the database uses {binaries.Major}. To upgrade it, stop "
                + "the server and run ./equaticket db upgrade.");
        }

        if (location.IsElsewhere)
            notices.Add($"The database is in {location.Cluster} because the user "
                + $"{location.Account.User}, which runs PostgreSQL, cannot access {data.Path}.");
        if (Directory.Exists(location.Cluster) && !File.Exists(data.PasswordFile))
            notices.Add(await SetAsideAsync(location, data, binaries));
        var password = ClusterPassword.ReadOrMake(data);
        ClusterCreation.DiscardDrafts(location.Home);
        if (!Directory.Exists(location.Cluster))
        {
            await new ClusterCreation(location, binaries).RunAsync(password, cancellationToken);
            notices.Add($"Created a PostgreSQL {binaries.Major} cluster in {location.Cluster}.");
        }
        return new OpenCluster(new PostgresServer(location, binaries), password, notices);
    }

    /// <summary>Upgrades the cluster to the newest version that is installed.</summary>
    /// <returns>The major versions before and after, and the folder of the old cluster.</returns>
    /// <exception cref="EmbeddedPostgresException">There is nothing to upgrade, or it failed.</exception>
    public static async Task<(int From, int To, string Kept)> UpgradeAsync(
        DataFolder data, string? oldFolder, Action<string> say, CancellationToken cancellationToken)
    {
        var location = await ClusterLocation.ResolveAsync(data, cancellationToken);
        ClusterUpgrade.Finish(location);
        ClusterCreation.DiscardDrafts(location.Home);
        var major = VersionOf(location.Cluster)
            ?? throw new EmbeddedPostgresException($"{data.Path} has no database yet.");
        var next = await PostgresBinaries.FindNewestAsync(cancellationToken);
        if (next.Major <= major)
        {
            throw new EmbeddedPostgresException(
                $"The database uses PostgreSQL {major}, and no newer version was found. Install one, or set "
                + "EQUATICKET_PG_BIN to its bin folder.");
        }

        var old = await PostgresBinaries.FindOldAsync(major, oldFolder, cancellationToken);
        var kept = await new ClusterUpgrade(location, old, next, say)
            .RunAsync(ClusterPassword.ReadOrMake(data), cancellationToken);
        return (major, next.Major, kept);
    }

    private static int? VersionOf(string cluster)
    {
        if (!Directory.Exists(cluster))
            return null;
        var file = Path.Join(cluster, "PG_VERSION");
        return File.Exists(file)
            ? int.Parse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture)
            : throw new EmbeddedPostgresException(
                $"{cluster} is not a PostgreSQL cluster. Move it away and start again to create one.");
    }

    /// <summary>
    /// Renames a cluster outside its data folder that has lost its password because the folder was removed, so that the
    /// new data folder gets a new cluster.
    /// </summary>
    private static async Task<string> SetAsideAsync(
        ClusterLocation location, DataFolder data, PostgresBinaries binaries)
    {
        if (!location.IsElsewhere)
            throw new EmbeddedPostgresException(
                $"{data.PasswordFile} is missing, and without it {location.Cluster} cannot be "
                + "used. Restore the file, or move the cluster away to start over.");
        await new PostgresServer(location, binaries).StopAsync();
        var suffix = RandomNumberGenerator.GetHexString(8, lowercase: true);
        var aside = $"{location.Cluster}.without-password-{suffix}";
        Directory.Move(location.Cluster, aside);
        return $"Moved an older cluster to {aside}: its password was lost with the data folder.";
    }
}
