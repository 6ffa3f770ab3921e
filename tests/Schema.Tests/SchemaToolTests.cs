namespace Equaticket.Schema.Tests;

/// <summary>What the tools of frontend teams and registries say about the schema.</summary>
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
