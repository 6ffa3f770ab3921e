using System.Diagnostics;

namespace Equaticket.Host.Tests;

/// <summary>A folder of scripts that do what integrators' programs do.</summary>
internal sealed class ToolFolder(string name)
{
    /// <summary>Verifies deliveries, and receives them as described in <c>docs/webhooks.md</c>.</summary>
    public static readonly ToolFolder Webhooks = new("webhook-tools");

    /// <summary>Subscribes to events as described in <c>docs/graphql.md</c>.</summary>
    public static readonly ToolFolder Subscriptions = new("subscription-tools");

    private Task? _compilation;

    private readonly string _path = Repository.File($"tests/Host.Tests/{name}");

    /// <param name="script">The script.</param>
    /// <param name="input">The standard input of the script.</param>
    /// <returns>The standard output of the script.</returns>
    public async Task<string> RunAsync(string script, string input = "")
    {
        using var process = Start("node", script);
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{output}\n{await errors}");
        return output;
    }

    /// <summary>Compiles the folder's TypeScript into its subfolder <c>generated</c>, once.</summary>
    public Task CompileAsync() => _compilation ??= RunAsync("node_modules/typescript/bin/tsc");

    public Process Start(string program, params string[] arguments)
    {
        Assert.True(
            Directory.Exists(Path.Join(_path, "node_modules")),
            $"Its packages are missing. Run ./test.sh, or: npm ci --prefix tests/Host.Tests/{name}");
        return Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = _path,
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
    }
}
