namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>
/// The user that runs the server. This is the current user, unless it is root, which PostgreSQL does not allow; then
/// it is the owner of the cluster, <c>postgres</c> or <c>nobody</c>.
/// </summary>
internal sealed class ServerAccount
{
    private readonly Func<string[], string[]> _runAs;

    private ServerAccount(string user, Func<string[], string[]> runAs) =>
        (User, _runAs) = (user, runAs);

    public string User { get; }

    /// <summary>Chooses the user that runs a cluster's server.</summary>
    /// <param name="cluster">The existing cluster; null for a new one.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public static async Task<ServerAccount> ChooseAsync(
        string? cluster, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
            return new ServerAccount(Environment.UserName, line => line);
        var owner = cluster is null ? null : await OwnerAsync(cluster, cancellationToken);
        foreach (var user in new[] { owner, "postgres", "nobody" }.OfType<string>())
        {
            if (await TryBecomeAsync(user, cancellationToken) is { } account)
                return account;
        }
        throw new EmbeddedPostgresException(
            "PostgreSQL does not run as root and cannot be run as postgres or nobody. "
            + "Install util-linux (setpriv), or start as a regular user.");
    }

    public Task<CommandResult> RunAsync(string[] line, CancellationToken cancellationToken) =>
        Command.RunAsync(_runAs(line), cancellationToken);

    /// <summary>Whether this user can access the folder and all its parents.</summary>
    public async Task<bool> CanEnterAsync(string folder, CancellationToken cancellationToken) =>
        (await RunAsync(["test", "-x", folder], cancellationToken)).Succeeded;

    /// <summary>Changes the owner of a file or an empty folder to this user.</summary>
    public async Task GiveAsync(string path, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
            return;
        var given = await Command.RunAsync(["chown", User, path], cancellationToken);
        if (!given.Succeeded)
            throw new EmbeddedPostgresException(
                $"The owner of {path} cannot be changed to {User}: {given.Output}");
    }

    private static async Task<string?> OwnerAsync(
        string folder, CancellationToken cancellationToken)
    {
        var gnu = await Command.RunAsync(["stat", "-c", "%U", folder], cancellationToken);
        var stat = gnu.Succeeded
            ? gnu
            : await Command.RunAsync(["stat", "-f", "%Su", folder], cancellationToken);
        return stat.Succeeded && stat.Output is not ("root" or "UNKNOWN") ? stat.Output : null;
    }

    private static async Task<ServerAccount?> TryBecomeAsync(
        string user, CancellationToken cancellationToken)
    {
        var uid = await Command.RunAsync(["id", "-u", user], cancellationToken);
        var gid = await Command.RunAsync(["id", "-g", user], cancellationToken);
        if (!uid.Succeeded || !gid.Succeeded)
            return null;
        foreach (var way in Ways(user, uid.Output, gid.Output))
        {
            if ((await Command.RunAsync(way(["true"]), cancellationToken)).Succeeded)
                return new ServerAccount(user, way);
        }
        return null;
    }

    private static Func<string[], string[]>[] Ways(string user, string uid, string gid) =>
    [
        line => ["setpriv", $"--reuid={uid}", $"--regid={gid}", "--init-groups", .. line],
        line => ["runuser", "-u", user, "--", .. line],
        line => ["su", "-s", "/bin/sh", user, "-c", string.Join(' ', line.Select(Quote))],
    ];

    private static string Quote(string word) =>
        $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
