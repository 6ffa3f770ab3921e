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

    private static ProcessStartInfo StartInfo(IReadOnlyList<string> line)
    {
        var start = new ProcessStartInfo(line[0], line.Skip(1))
        {
            WorkingDirectory = "/",
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsForPostgres).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    private static bool IsForPostgres(string name) =>
        name.StartsWith("PG", StringComparison.Ordinal);
}
