namespace Equaticket.Schema.Tests;

/// <summary>The results of frontend tools and registries for the schema.</summary>
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
    public Task A_tool_finds_no_fault(string tool) =>
        NodeFolder.Tools.RunAsync("run.mjs", tool, Repository.File("schema.graphql"));
}
