namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>The folder with all data of one installation, by its real path.</summary>
internal sealed record DataFolder(string Path)
{
    /// <summary>Held shared by every user of the cluster.</summary>
    public string UsersLock => System.IO.Path.Join(Path, "postgres.users.lock");

    /// <summary>Held exclusively while deciding whether to start or stop the server.</summary>
    public string TurnLock => System.IO.Path.Join(Path, "postgres.turn.lock");

    public string PasswordFile => System.IO.Path.Join(Path, "postgres.password");

    /// <summary>Creates the folder if it is missing: as root, accessible to other users.</summary>
    public static DataFolder Open(string path)
    {
        if (OperatingSystem.IsWindows())
            throw new EmbeddedPostgresException(
                "The embedded PostgreSQL runs only on Linux and macOS. "
                + "Set ConnectionStrings__Equaticket to your own database.");
        var folder = Directory.Exists(path)
            ? new DirectoryInfo(path)
            : PrivateFiles.CreateFolder(path, othersMayEnter: Environment.IsPrivilegedProcess);
        return new DataFolder(RealPath.Of(folder.FullName));
    }
}
