using System.Diagnostics;

namespace Equaticket.RestFacade.Tests.OpenApi;

/// <summary>What the tools of integrators say about <c>openapi.json</c>.</summary>
public sealed class OpenApiToolsTests
{
    private const string Folder = "tests/RestFacade.Tests/openapi-tools";

    [Theory]
    [InlineData("redocly")]
    [InlineData("spectral")]
    public Task Linters_find_no_fault(string linter) => RunAsync(linter);

    [Fact]
    public Task Generated_types_compile_under_strict() => RunAsync("types");

    private static async Task RunAsync(string script)
    {
        var folder = Repository.File(Folder);
        Assert.True(
            Directory.Exists(Path.Join(folder, "node_modules")),
            $"The tools are not installed. Run ./test.sh, or: npm ci --prefix {Folder}");
        var start = new ProcessStartInfo("npm", ["run", "--silent", script])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["REDOCLY_TELEMETRY"] = "off";
        start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{output}\n{await errors}");
    }
}
