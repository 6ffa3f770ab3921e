using System.Text.RegularExpressions;
using Equaticket.Engine.Introspection;
using GraphQL.Types;

namespace Equaticket.Schema.Tests;

public sealed partial class SchemaFileTests : ApiTest
{
    [Fact]
    public async Task The_committed_file_matches_what_the_code_prints()
    {
        var committed = await File.ReadAllTextAsync(Repository.File("schema.graphql"));
        Assert.True(
            committed == SchemaText.Print(Host.Get<ISchema>()),
            "schema.graphql is out of date. Refresh it: ./equaticket schema export schema.graphql");
    }

    [Fact]
    public async Task Introspection_lists_every_directive_and_the_file_defines_all_except_the_built_in_ones()
    {
        string[] ofLanguage = ["deprecated", "include", "oneOf", "skip", "specifiedBy"];
        var schema = (await Org.Test.DataAsync("{ __schema { directives { name } } }"))["__schema"]!;
        var listed = schema["directives"].Texts("name").ToList();
        var file = await File.ReadAllTextAsync(Repository.File("schema.graphql"));
        var defined = Definition().Matches(file).Select(match => match.Groups[1].Value);
        Assert.Equal(listed.Order(StringComparer.Ordinal), defined.Concat(ofLanguage).Order(StringComparer.Ordinal));
        Assert.Contains("input EventLookup @oneOf", file, StringComparison.Ordinal);
    }

    [GeneratedRegex("^directive @([A-Za-z]+)", RegexOptions.Multiline)]
    private static partial Regex Definition();
}
