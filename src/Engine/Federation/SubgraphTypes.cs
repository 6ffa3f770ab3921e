using Equaticket.Engine.Fields;
using Equaticket.Engine.Introspection;
using Equaticket.Engine.Nodes;
using GraphQL.Types;

namespace Equaticket.Engine.Federation;

/// <summary>What <c>_service</c> answers.</summary>
public sealed class ServiceGraphType : ObjectGraphType<SubgraphText>
{
    public ServiceGraphType()
    {
        Name = "_Service";
        Description = "This subgraph, as seen by a federation gateway.";
        this.Leaf("sdl", "The schema in SDL, with the Federation directives.", subgraph => subgraph.Sdl);
    }
}

/// <summary>What <c>_entities</c> answers: whatever is a <c>Node</c>.</summary>
public sealed class EntityGraphType : UnionGraphType
{
    public EntityGraphType(NodeGraphTypes nodes)
    {
        Name = "_Entity";
        Description = "Any type that other subgraphs can reference.";
        foreach (var type in nodes.All)
            Type(type);
    }
}

/// <summary>A reference to an entity. CLR type: a dictionary; input only.</summary>
public sealed class AnyGraphType : ComplexScalarGraphType
{
    public AnyGraphType()
    {
        Name = "_Any";
        Description = "An entity reference from a gateway: an object with `__typename` and `id`.";
        SpecifiedByDirective.Apply(
            this, "https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec");
    }
}

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
