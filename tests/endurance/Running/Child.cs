using System.Diagnostics;

namespace Equaticket.Endurance.Running;

/// <summary>A process of this run. A file stores its id, so that run.sh can kill what a crash leaves behind.</summary>
public sealed class Child
{
    private readonly Process _process;
    private readonly string _idFile;

    private Child(Process process, string idFile) => (_process, _idFile) = (process, idFile);

    public int Id => _process.Id;

    public bool IsRunning => !_process.HasExited;

    /// <param name="folder">The folder for the log and the id file.</param>
    /// <param name="name">The name of both files.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="environment">Variables to add to the environment of this process.</param>
    public static Child Start(
        RunFolder folder, string name, IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        // A separate session shields the process from Ctrl-C in the terminal; exec preserves the process id.
        var start = new ProcessStartInfo("setsid") { UseShellExecute = false, RedirectStandardInput = true };
        const string script = "log=$1; shift; exec \"$@\" >> \"$log\" 2>&1 < /dev/null";
        string[] arguments = ["bash", "-c", script, "-", folder.Log(name), .. command];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
            start.Environment[key] = value;
        var process = Process.Start(start)!;
        var idFile = folder.Id(name);
        File.WriteAllText(idFile, $"{process.Id}\n");
        return new Child(process, idFile);
    }

    /// <summary>Runs a command to completion.</summary>
    /// <returns>The exit code and standard output. The log gets standard output and standard error.</returns>
    public static async Task<(int Code, string Output)> RunAsync(
        RunFolder folder, string name, IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string>? environment = null, string? input = null)
    {
        var start = new ProcessStartInfo(command[0])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in command.Skip(1))
            start.ArgumentList.Add(argument);
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
            start.Environment[key] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        if (input is not null)
            await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var said = $"{output}{await errors}";
        lock (folder)
            File.AppendAllText(folder.Log(name), said);
        return (process.ExitCode, output);
    }

    public Task KillAsync() => EndAsync("-KILL", TimeSpan.FromSeconds(10));

    /// <summary>Sends SIGTERM, and kills the process if it doesn't exit in time.</summary>
    public Task TerminateAsync(TimeSpan patience) => EndAsync("-TERM", patience);

    private async Task EndAsync(string signal, TimeSpan patience)
    {
        if (IsRunning)
        {
            await Signals.SendAsync(signal, Id);
            try
            {
                await _process.WaitForExitAsync().WaitAsync(patience);
            }
            catch (TimeoutException)
            {
                await Signals.SendAsync("-KILL", Id);
                await _process.WaitForExitAsync();
            }
        }

        File.Delete(_idFile);
    }
}

internal static class Signals
{
    public static async Task SendAsync(string signal, params int[] ids)
    {
        if (ids.Length == 0)
            return;
        var start = new ProcessStartInfo("kill") { UseShellExecute = false, RedirectStandardError = true };
        start.ArgumentList.Add(signal);
        foreach (var id in ids)
            start.ArgumentList.Add($"{id}");
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
    }

    /// <returns>The ids of a process and all its descendants.</returns>
    public static int[] TreeOf(int root)
    {
        var parents = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
            .Where(id => id != 0)
            .Select(id => (Id: id, Parent: ParentOf(id)))
            .ToLookup(pair => pair.Parent, pair => pair.Id);
        List<int> found = [root];
        for (var index = 0; index < found.Count; index++)
            found.AddRange(parents[found[index]]);
        return [.. found];
    }

    private static int ParentOf(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
