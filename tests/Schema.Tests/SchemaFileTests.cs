using GraphQL.Types;

namespace Equaticket.Schema.Tests;

public sealed class SchemaFileTests : ApiTest
{
    [Fact]
    public async Task The_committed_file_is_what_the_code_prints()
    {
        var committed = await File.ReadAllTextAsync(Repository.File("schema.graphql"));
        Assert.True(
            committed == SchemaText.Print(Host.Get<ISchema>()),
            "schema.graphql is out of date. Refresh it: ./equaticket schema export schema.graphql");
    }
}
