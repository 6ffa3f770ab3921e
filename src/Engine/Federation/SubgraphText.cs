using Equaticket.Engine.Introspection;

namespace Equaticket.Engine.Federation;

/// <summary>The schema as a gateway composes it: what implements <c>Node</c> is an entity by its id.</summary>
/// <param name="makeSchema">Makes the schema without the fields of a subgraph; called once.</param>
public sealed class SubgraphText(Func<GraphQL.Types.Schema> makeSchema)
{
    private const string Link =
        """
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])


        """;

    /// <summary>What the specification defines, and Apollo's tools know only where it is written out.</summary>
    private const string OneOf = "directive @oneOf on INPUT_OBJECT\n\n";

    private const string IsNode = " implements Node ";

    private readonly Lazy<string> _sdl = new(() =>
    {
        using var schema = makeSchema();
        schema.Initialize();
        var lines = SchemaText.Print(schema).Split('\n');
        return Link + OneOf + string.Join(
            '\n', lines.Select(line => line.Replace(IsNode, $"{IsNode}@key(fields: \"id\") ")));
    });

    public string Sdl => _sdl.Value;
}
