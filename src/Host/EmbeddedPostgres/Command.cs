using System.ComponentModel;
using System.Diagnostics;

namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>The result of a command: its exit code and output.</summary>
internal sealed record CommandResult(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;
}

/// <summary>
/// Runs programs in the root folder, in English, and without PG environment variables.
/// </summary>
internal static class Command
{
    private const int NotFound = 127;

    /// <summary>Waits for the program to exit. Cancellation kills the program, but not its child processes.</summary>
    public static async Task<CommandResult> RunAsync(
        IReadOnlyList<string> line, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = StartInfo(line) };
        process.StartInfo.WorkingDirectory = "/";
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            return new CommandResult(NotFound, error.Message);
        }
        process.StandardInput.Close();
        return await FinishAsync(process, cancellationToken);
    }

    private static async Task<CommandResult> FinishAsync(
        Process process, CancellationToken cancellationToken)
    {
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            output += await errors;
            await process.WaitForExitAsync(cancellationToken);
            return new CommandResult(process.ExitCode, output.Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>How to start a program in English, and without PG environment variables.</summary>
    public static ProcessStartInfo StartInfo(IReadOnlyList<string> line)
    {
        var start = new ProcessStartInfo(line[0], line.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys
            .Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        return start;
    }
}
