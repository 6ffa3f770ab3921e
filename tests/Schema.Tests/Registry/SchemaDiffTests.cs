using System.Text.Json;
using Equaticket.Engine.Errors;
using Equaticket.SchemaDiff;

namespace Equaticket.Schema.Tests.Registry;

[Trait("Category", "Tools")]
public sealed class SchemaDiffTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    [Fact]
    public async Task It_classifies_each_change_as_graphql_inspector_does()
    {
        var table = ChangeTable.All().ToList();
        Assert.True(table.Count >= 60, $"{table.Count} changes.");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(
                table.Select(change => new[] { change.Before, change.After })));
            var printed = await NodeFolder.Inspector.RunAsync("judge.mjs", file);
            var judged = JsonSerializer.Deserialize<List<Judgement>>(printed, Web)!;
            var differing = table.Zip(judged)
                .Select(pair => (
                    pair.First.Name,
                    Theirs: Show(pair.Second),
                    Ours: Show(Judge(pair.First.Before, pair.First.After))))
                .Where(pair => pair.Theirs != pair.Ours)
                .ToList();
            Assert.True(differing.Count == 0, string.Join('\n', differing));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Breaking_changes_have_an_actionable_reason()
    {
        var grave = ChangeTable.All()
            .SelectMany(change => SchemaComparison.Compare(change.Before, change.After))
            .Where(change => change.Severity != Severity.Safe);
        Assert.All(grave, change => Assert.EndsWith(".", change.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_default_that_refers_to_itself_terminates()
    {
        const string endless = "input A { a: A = {} }";
        Assert.Empty(SchemaComparison.Compare(endless, endless));
    }

    [Fact]
    public void A_default_that_changes_because_its_type_changed_is_reported_as_such()
    {
        var change = SchemaComparison.Compare(
            "type Query { a(x: I = {}): Int } input I { b: Int = 1 }",
            "type Query { a(x: I = {}): Int } input I { b: Int = 2 }")[0];
        Assert.Equal(
            "The default of Query.a.x, {}, has a different value because its type has changed.", change.Message);
    }

    [Fact]
    public async Task The_schema_does_not_differ_from_itself()
    {
        var schema = await File.ReadAllTextAsync(Repository.File("schema.graphql"));
        Assert.Empty(SchemaComparison.Compare(schema, schema));
    }

    [Theory]
    [InlineData("type Query {", "line 1")]
    [InlineData("# Nothing.", "is empty")]
    [InlineData("{ viewer }", "Only definitions and extensions are allowed")]
    [InlineData("type A { a: Int }\nextend type Query { a: Int }", "extends Query at line 2, but does not define it")]
    [InlineData("type Query { a: Int } scalar A extend input A { a: Int }", "extends A at line 1, but does not define it")]
    public void An_invalid_schema_is_refused(string text, string reason)
    {
        var fault = Assert.Throws<ApiError>(() => SchemaComparison.Compare(text, "type Query { a: Int }"));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("type A { a: Int }\ninput A { a: Int }", "A", 2)]
    [InlineData("type A {\n  a: Int\n  a: String\n}", "A.a", 3)]
    [InlineData("type A { a: Int \"Again.\"\na: Int }", "A.a", 2)]
    [InlineData("interface A { a: Int }\nextend interface A { a: Int }", "A.a", 2)]
    [InlineData("type A { a(x: Int,\nx: Int): Int }", "A.a.x", 2)]
    [InlineData("input A { a: Int\na: Int }", "A.a", 2)]
    [InlineData("enum A { X\nX }", "A.X", 2)]
    [InlineData("type B { a: Int } union A = B |\nB", "A.B", 2)]
    [InlineData("interface B { a: Int } type A implements B &\nB { a: Int }", "A.B", 2)]
    [InlineData("directive @d on FIELD\ndirective @d on FIELD", "@d", 2)]
    [InlineData("directive @d(x: Int\nx: Int) on FIELD", "@d.x", 2)]
    [InlineData("type A { a: Int @deprecated(reason: \"x\",\nreason: \"y\") }", "A.a.@deprecated.reason", 2)]
    [InlineData("schema { query: Query }\nschema { query: Query }", "schema", 2)]
    [InlineData("extend schema @link(url: \"x\",\nurl: \"x\")", "schema.@link.url", 2)]
    [InlineData("schema { query: Query }\nextend schema { query: Query }", "schema.query", 2)]
    public void Duplicate_definitions_are_refused(string text, string path, int line)
    {
        const string query = " type Query { probe: Int }";
        var fault = Assert.Throws<ApiError>(() => SchemaComparison.Compare(query, text + query));
        Assert.Equal(
            $"The new schema has {path} twice, the second time at line {line}. Keep one of them.", fault.Message);
    }

    [Fact]
    public void A_breaking_change_announced_in_the_changelog_passes()
    {
        var changes = SchemaComparison.Compare(
            "type Query { a: Int b: Int c: Int }", "type Query { a: Int }");
        var left = Changelog.Admit(
            changes, "# Changelog\n\n## Unreleased\n\n- `Query.b` is gone.\n\n## 1.0.0\n\n- `Query.c`\n");
        Assert.Equal(
            ["Query.c"],
            left.Where(change => change.Severity == Severity.Breaking).Select(change => change.Path));
    }

    [Theory]
    [InlineData("- `schema.query` is `Root`.", true)]
    [InlineData("```json\n{}\n```\n\n- `schema.query`", true)]
    [InlineData("```sh\nmake\n```", false)]
    [InlineData("```\n`schema.query`\n```", false)]
    [InlineData("~~~~\n```\n~~~\n`schema.query`\n~~~~", false)]
    [InlineData("- ````md\n  ```\n  `schema.query`\n  ````", false)]
    [InlineData("- `Query`schema.query`Root`", false)]
    [InlineData("- `` and `schema.query", false)]
    public void Only_its_path_in_backticks_announces_a_change(string entry, bool isAnnounced)
    {
        const string types = "type Query { a: Int } type Root { a: Int } ";
        var changes = SchemaComparison.Compare(types + "schema { query: Query }", types + "schema { query: Root }");
        var pathless = new SchemaChange(Severity.Breaking, "", "Something has changed.", "Keep it.");
        var left = Changelog.Admit([.. changes, pathless], $"## Unreleased\n\n{entry}\n\n## 1.0.0\n")
            .Where(change => change.Severity == Severity.Breaking);
        Assert.Equal(isAnnounced ? [""] : ["schema.query", ""], left.Select(change => change.Path));
    }

    [Fact]
    public void A_heading_in_a_fenced_code_block_does_not_start_or_end_a_changelog_section()
    {
        var changes = SchemaComparison.Compare("type Query { a: Int b: Int c: Int }", "type Query { a: Int }");
        var left = Changelog.Admit(
            changes,
            "```\n## Unreleased\n```\n`Query.b`\n## Unreleased\n```\n## 1.0.0\n```\n`Query.c`\n");
        Assert.Equal(
            ["Query.b"],
            left.Where(change => change.Severity == Severity.Breaking).Select(change => change.Path));
    }

    private static Judgement Judge(string before, string after)
    {
        var changes = SchemaComparison.Compare(before, after);
        return new Judgement(
            [.. changes.Where(change => change.Severity != Severity.Safe)
                .Select(change => $"{change.Severity.ToString().ToUpperInvariant()} {change.Path}")
                .Distinct().Order(StringComparer.Ordinal)],
            changes.Count > 0);
    }

    private static string Show(Judgement judgement) =>
        $"{string.Join(", ", judgement.Grave)} {judgement.Changed}";

    private sealed record Judgement(IReadOnlyList<string> Grave, bool Changed);
}
