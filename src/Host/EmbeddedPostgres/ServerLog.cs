using System.Text;

namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>The server's own log, to explain why it does not start.</summary>
internal sealed class ServerLog(string path)
{
    private const long LongestKept = 16 * 1024 * 1024;
    private const int TailLines = 15;

    /// <summary>Where the next start begins to write. A long log is rotated first.</summary>
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
