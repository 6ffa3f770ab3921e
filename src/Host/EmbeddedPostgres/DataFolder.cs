using System.Text;

namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>The folder with all data of an installation, by its real path.</summary>
internal sealed record DataFolder(string Path)
{
    /// <summary>Held shared by every process that uses the cluster.</summary>
    public string UsersLock => System.IO.Path.Join(Path, "postgres.users.lock");

    /// <summary>Held exclusively while deciding whether to start or stop the server.</summary>
    public string TurnLock => System.IO.Path.Join(Path, "postgres.turn.lock");

    public string PasswordFile => System.IO.Path.Join(Path, "postgres.password");

    /// <summary>Creates the folder if it is missing; if running as root, other users can access it.</summary>
    public static DataFolder Open(string path)
    {
        if (OperatingSystem.IsWindows())
            throw new EmbeddedPostgresException(
                "Embedded PostgreSQL runs only on Linux and macOS. "
                + "Set ConnectionStrings__Equaticket to your own database.");
        var folder = Directory.Exists(path)
            ? new DirectoryInfo(path)
            : PrivateFiles.CreateFolder(path, othersMayEnter: Environment.IsPrivilegedProcess);
        return new DataFolder(RealPath.Of(folder.FullName));
    }
}

/// <summary>Resolves symbolic links, so that a folder has a single path.</summary>
internal static class RealPath
{
    public static string Of(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent)
            return full;
        var here = Path.Join(Of(parent), Path.GetFileName(full));
        var target = new DirectoryInfo(here).ResolveLinkTarget(returnFinalTarget: false);
        return target is null ? here : Of(target.FullName);
    }
}

/// <summary>Creates files and folders with permissions independent of the umask.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;
    private const UnixFileMode OpenFolder = OwnerFolder
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public static DirectoryInfo CreateFolder(string path, bool othersMayEnter)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException();
        var folder = Directory.CreateDirectory(path);
        folder.UnixFileMode = othersMayEnter ? OpenFolder : OwnerFolder;
        return folder;
    }

    /// <summary>Writes a new file readable only by its owner, and flushes it to disk.</summary>
    public static void Create(string path, string text)
    {
        using var file = Create(path);
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Creates a file readable only by its owner; on Windows, as its folder.</summary>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerFile;
        return new FileStream(path, options);
    }
}
