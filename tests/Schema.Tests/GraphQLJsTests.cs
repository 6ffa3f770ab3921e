namespace Equaticket.Schema.Tests;

[Trait("Category", "Tools")]
public sealed class GraphQLJsTests : ApiTest
{
    private static readonly string SchemaFile = Repository.File("schema.graphql");

    [Fact]
    public async Task The_schema_parses_is_valid_and_describes_every_member() =>
        Assert.Empty(await NodeFolder.GraphQLJs.RunAsync("schema.mjs", SchemaFile));

    [Fact]
    public async Task Every_operation_of_the_rest_facade_is_valid() =>
        Assert.Empty(await NodeFolder.GraphQLJs.RunAsync(
            "operations.mjs", SchemaFile, Repository.File("src/RestFacade")));

    [Fact]
    public async Task A_client_schema_can_be_built_from_introspection_over_http()
    {
        var query = await NodeFolder.GraphQLJs.RunAsync("introspection-query.mjs");
        var answer = await Host.AskAsync(query);
        answer.Data();
        var cost = answer.Json!["extensions"]!["cost"]!;
        Assert.InRange(
            cost["requested"]!.GetValue<int>(), 1, cost["limit"]!.GetValue<int>() / 2);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, answer.Body);
            Assert.Empty(await NodeFolder.GraphQLJs.RunAsync("client-schema.mjs", SchemaFile, file));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
