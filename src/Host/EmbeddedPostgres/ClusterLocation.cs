using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>The location of a data folder's cluster, and the user that runs its server.</summary>
internal sealed record ClusterLocation(string Home, ServerAccount Account, bool IsElsewhere)
{
    private const string SystemHome = "/var/lib/equaticket";

    /// <summary>The cluster (PGDATA). It is either complete or missing.</summary>
    public string Cluster => Path.Join(Home, "postgres");

    public string LogFile => Path.Join(Cluster, "server.log");

    /// <summary>
    /// Finds an existing cluster in either location. A new one goes into the data folder, or
    /// under <c>/var/lib/equaticket</c> if the server's user cannot access the data folder.
    /// </summary>
    public static async Task<ClusterLocation> ResolveAsync(
        DataFolder data, CancellationToken cancellationToken)
    {
        var elsewhere = Path.Join(SystemHome, NameOf(data.Path));
        var found = Array.Find([data.Path, elsewhere], ClusterUpgrade.HasCluster);
        var cluster = found is null ? null : Path.Join(found, "postgres");
        var account = await ServerAccount.ChooseAsync(cluster, cancellationToken);
        var canEnter = await account.CanEnterAsync(data.Path, cancellationToken);
        if (found is not null)
            return Existing(found, data, account, canEnter);
        if (canEnter)
            return new ClusterLocation(data.Path, account, IsElsewhere: false);
        if (!Environment.IsPrivilegedProcess)
            throw Closed(data.Path, account);
        return new ClusterLocation(elsewhere, account, IsElsewhere: true);
    }

    private static ClusterLocation Existing(
        string home, DataFolder data, ServerAccount account, bool canEnter)
    {
        var isElsewhere = !string.Equals(home, data.Path, StringComparison.Ordinal);
        return canEnter || isElsewhere
            ? new ClusterLocation(home, account, isElsewhere)
            : throw Closed(home, account);
    }

    private static EmbeddedPostgresException Closed(string folder, ServerAccount account) =>
        new($"The user {account.User} cannot access {folder}, which contains the database. "
            + "Allow access to the folder and its parents (chmod o+x).");

    private static string NameOf(string path)
    {
        var words = path.Split('/').TakeLast(2).Select(word => string.Concat(word.Where(IsPlain)));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(path));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join('-', words)}-{Convert.ToHexStringLower(hash.AsSpan(0, 6))}");
    }

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter);
}
