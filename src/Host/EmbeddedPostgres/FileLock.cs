using System.Diagnostics;

namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>
/// Interprocess locks that the kernel releases when their holder dies. .NET takes a BSD lock on
/// every file it opens: exclusive for <see cref="FileShare.None"/>, otherwise shared.
/// </summary>
internal static class FileLock
{
    /// <summary>EWOULDBLOCK, the only error that means another process holds the lock.</summary>
    private const int HeldOnLinux = 11;
    private const int HeldOnMacOS = 35;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static FileStream? TryShare(string path) =>
        TryOpen(path, FileAccess.Read, FileShare.Read);

    public static FileStream? TryOwn(string path) =>
        TryOpen(path, FileAccess.ReadWrite, FileShare.None);

    public static async Task<FileStream?> TryEnterAsync(
        string path, TimeSpan bound, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            if (TryOwn(path) is { } file)
                return file;
            if (waited.Elapsed > bound)
                return null;
            await Task.Delay(Pause, cancellationToken);
        }
    }

    public static async Task<FileStream> EnterAsync(
        string path, TimeSpan bound, CancellationToken cancellationToken) =>
        await TryEnterAsync(path, bound, cancellationToken)
        ?? throw new EmbeddedPostgresException(
            $"Another process has held {path} for {bound.TotalSeconds} s. "
            + "It is starting or stopping the same PostgreSQL server; check that process first.");

    private static FileStream? TryOpen(string path, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, access, share);
        }
        catch (IOException error) when (error.HResult is HeldOnLinux or HeldOnMacOS)
        {
            return null;
        }
        catch (UnauthorizedAccessException error)
        {
            throw new EmbeddedPostgresException(
                $"{path} belongs to another user. Start as that user, or set EQUATICKET_DATA "
                + "to a folder of your own.", error);
        }
    }
}
