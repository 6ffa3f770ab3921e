using System.Diagnostics;

namespace Equaticket.Host.Tests.Webhooks;

/// <summary>Runs the scripts of the folder <c>webhook-tools</c>.</summary>
internal static class WebhookTools
{
    public static string Folder { get; } = Repository.File("tests/Host.Tests/webhook-tools");

    /// <param name="script">The script.</param>
    /// <param name="input">What it reads.</param>
    /// <returns>What it printed.</returns>
    public static async Task<string> RunAsync(string script, string input)
    {
        using var process = Start("node", script);
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }

    public static Process Start(string program, params string[] arguments)
    {
        Assert.True(
            Directory.Exists(Path.Join(Folder, "node_modules")),
            "The tools are not installed. Run ./test.sh, or: npm ci --prefix tests/Host.Tests/webhook-tools");
        return Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder,
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
    }
}
