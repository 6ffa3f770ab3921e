using System.Diagnostics;
using Equaticket.RestFacade.OpenApi;
using Equaticket.RestFacade.Operations;
using GraphQL.Types;
using Microsoft.OpenApi;

namespace Equaticket.RestFacade.Tests.OpenApi;

/// <summary>Runs integrators' tools on the OpenAPI document.</summary>
[Trait("Category", "Tools")]
public sealed class OpenApiToolsTests : ApiTest
{
    private const string Folder = "tests/RestFacade.Tests/openapi-tools";

    [Theory]
    [InlineData("redocly")]
    [InlineData("spectral")]
    public Task Linters_report_no_errors(string linter) => RunAsync(linter, Repository.File("openapi.json"));

    [Theory]
    [InlineData("redocly")]
    [InlineData("spectral")]
    public async Task Linters_report_no_errors_in_version_3_0(string linter)
    {
        var file = Repository.File($"artifacts/openapi-3.0-{linter}.json");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, ApiDocument.Text(
            Host.Get<OperationCatalog>(),
            Host.Get<ISchema>(),
            ApiDocument.PublicServer,
            OpenApiSpecVersion.OpenApi3_0));
        await RunAsync(linter, file);
    }

    [Fact]
    public Task Generated_types_compile_under_strict() => RunAsync("types");

    private static async Task RunAsync(string script, params string[] arguments)
    {
        var folder = Repository.File(Folder);
        Assert.True(
            Directory.Exists(Path.Join(folder, "node_modules")),
            $"The tools are not installed. Run ./test.sh, or: npm ci --prefix {Folder}");
        var start = new ProcessStartInfo("npm", ["run", "--silent", script, "--", .. arguments])
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
