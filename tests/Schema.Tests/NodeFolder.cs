using System.Diagnostics;

namespace Equaticket.Schema.Tests;

/// <summary>A folder of Node.js scripts that run integrators' tools on the schema.</summary>
internal sealed class NodeFolder(string name)
{
    /// <summary>Reads the schema with the reference implementation.</summary>
    public static readonly NodeFolder GraphQLJs = new("graphql-js");

    /// <summary>Audits the server against the GraphQL-over-HTTP specification.</summary>
    public static readonly NodeFolder GraphQLHttp = new("graphql-http");

    /// <summary>Detects breaking changes of a schema.</summary>
    public static readonly NodeFolder Inspector = new("inspector");

    /// <summary>Generates code from the schema, compiles it, and lints operations.</summary>
    public static readonly NodeFolder Tools = new("schema-tools");

    private readonly string _path = Repository.File($"tests/Schema.Tests/{name}");

    /// <summary>Composes the schema with another subgraph.</summary>
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
