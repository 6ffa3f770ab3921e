using System.Text;

namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>Files and folders whose permissions do not depend on the umask.</summary>
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

    /// <summary>Writes a new file that only its owner can read, and flushes it to disk.</summary>
    public static void Create(string path, string text)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException();
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerFile,
        });
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }
}
