using System.Diagnostics;

namespace Equaticket.Schema.Tests;

/// <summary>A folder of scripts for Node.js, which do with the schema what its users' tools do.</summary>
internal sealed class NodeFolder(string name)
{
    /// <summary>Reads with the reference engine.</summary>
    public static readonly NodeFolder GraphQLJs = new("graphql-js");

    /// <summary>Audits the server by the GraphQL-over-HTTP specification.</summary>
    public static readonly NodeFolder GraphQLHttp = new("graphql-http");

    /// <summary>Detects breaking changes of a schema.</summary>
    public static readonly NodeFolder Inspector = new("inspector");

    /// <summary>Generates, compiles and lints with it.</summary>
    public static readonly NodeFolder Tools = new("schema-tools");

    private readonly string _path = Repository.File($"tests/Schema.Tests/{name}");

    /// <summary>Composes it with another subgraph.</summary>
    public static readonly NodeFolder Federation = new("federation-tools");

    /// <returns>What the script printed.</returns>
    public async Task<string> RunAsync(string script, params string[] arguments)
    {
        Assert.True(
            Directory.Exists(Path.Join(_path, "node_modules")),
            $"Its packages are missing. Run ./test.sh, or: npm ci --prefix tests/Schema.Tests/{name}");
        using var process = Process.Start(
            new ProcessStartInfo("node", [script, .. arguments])
            {
                WorkingDirectory = _path,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{output}\n{await errors}");
        return output;
    }
}
