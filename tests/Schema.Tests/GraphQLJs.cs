using System.Diagnostics;

namespace Equaticket.Schema.Tests;

/// <summary>Runs the scripts of the folder <c>graphql-js</c>, which read with the reference engine.</summary>
internal static class GraphQLJs
{
    private static readonly string Folder = Repository.File("tests/Schema.Tests/graphql-js");

    /// <returns>What the script printed.</returns>
    public static async Task<string> RunAsync(string script, params string[] arguments)
    {
        Assert.True(
            Directory.Exists(Path.Join(Folder, "node_modules")),
            "graphql-js is not installed. Run ./test.sh, or: npm ci --prefix tests/Schema.Tests/graphql-js");
        using var process = Process.Start(
            new ProcessStartInfo("node", [script, .. arguments])
            {
                WorkingDirectory = Folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }
}
