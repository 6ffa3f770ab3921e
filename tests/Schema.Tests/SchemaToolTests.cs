namespace Equaticket.Schema.Tests;

/// <summary>Runs the tools of frontend teams and schema registries on the schema.</summary>
[Trait("Category", "Tools")]
public sealed class SchemaToolTests
{
    [Theory]
    [InlineData("codegen")]
    [InlineData("eslint")]
    [InlineData("linter")]
    [InlineData("relay")]
    [InlineData("relay-store")]
    [InlineData("validate")]
    public Task A_tool_reports_no_errors(string tool) =>
        NodeFolder.Tools.RunAsync("run.mjs", tool, Repository.File("schema.graphql"));
}
