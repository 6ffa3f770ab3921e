using System.Diagnostics;
using System.Globalization;

namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>The contents of <c>postmaster.pid</c>, whose server may be running or not.</summary>
internal sealed record PostmasterFile(string Cluster, int ProcessId, int Port)
{
    private const int PortLine = 3;
    private const string Processes = "/proc";

    /// <summary>Null if there is no file. A corrupt file yields process 0.</summary>
    public static PostmasterFile? Read(string cluster)
    {
        try
        {
            var lines = File.ReadAllLines(PathIn(cluster));
            return new PostmasterFile(cluster, NumberIn(lines, 0), NumberIn(lines, PortLine));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether the process is alive and is a postmaster that may have this cluster open. A process
    /// that merely reuses the id is not, even if it is another postmaster: each works in its cluster's folder.
    /// </summary>
    public bool IsRunning()
    {
        if (ProcessId == 0 || !IsAlive(ProcessId))
            return false;
        var line = CommandLine(ProcessId);
        if (Path.GetFileName(line.FirstOrDefault()) is not ("postgres" or "postmaster"))
            return false;
        var folder = WorkingFolder(ProcessId) ?? line.SkipWhile(word => word is not "-D").ElementAtOrDefault(1);
        return folder is null || !Path.IsPathRooted(folder)
            || string.Equals(RealPath.Of(folder), Cluster, StringComparison.Ordinal);
    }

    /// <summary>Kills the server of a cluster that nobody needs. Its child processes exit with it.</summary>
    public void End()
    {
        if (!IsRunning())
            return;
        using var process = Process.GetProcessById(ProcessId);
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>
    /// Removes the file of a dead server if PostgreSQL would mistake it for that of a running one.
    /// </summary>
    public void RemoveWhenMisleading()
    {
        if (ProcessId == 0 || IsAlive(ProcessId))
            File.Delete(PathIn(Cluster));
    }

    private static string PathIn(string cluster) => Path.Join(cluster, "postmaster.pid");

    private static int NumberIn(string[] lines, int index) =>
        int.TryParse(lines.ElementAtOrDefault(index), CultureInfo.InvariantCulture, out var number)
            ? number : 0;

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string[] CommandLine(int processId)
    {
        if (!Directory.Exists(Processes))
            return AskForCommandLine(processId);
        try
        {
            return File.ReadAllText($"{Processes}/{processId}/cmdline").Split('\0');
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>For systems without /proc, such as macOS.</summary>
    private static string[] AskForCommandLine(int processId)
    {
        using var ps = Process.Start(new ProcessStartInfo("ps", ["-o", "command=", "-p", $"{processId}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        return ps.StandardOutput.ReadToEnd().Trim().Split(' ');
    }

    /// <returns>Null if the system hides it from this user.</returns>
    private static string? WorkingFolder(int processId)
    {
        try
        {
            return File.ResolveLinkTarget($"{Processes}/{processId}/cwd", returnFinalTarget: false)?.FullName;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
