using Equaticket.Engine.Fields;
using Equaticket.Engine.Introspection;
using Equaticket.Engine.Nodes;
using GraphQL.Types;

namespace Equaticket.Engine.Federation;

/// <summary>The type of <c>_service</c>.</summary>
public sealed class ServiceGraphType : ObjectGraphType<SubgraphText>
{
    public ServiceGraphType()
    {
        Name = "_Service";
        Description = "This subgraph, as seen by a federation gateway.";
        this.Leaf("sdl", "The schema in SDL, with the Federation directives.", subgraph => subgraph.Sdl);
    }
}

/// <summary>The type of <c>_entities</c>: any type that implements <c>Node</c>.</summary>
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

/// <summary>The schema as a gateway composes it: types that implement <c>Node</c> are entities, keyed by id.</summary>
/// <param name="makeSchema">Creates the schema without the subgraph fields; called once.</param>
public sealed class SubgraphText(Func<GraphQL.Types.Schema> makeSchema)
{
    private const string Link =
        """
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])


        """;

    /// <summary>Defined by the specification, but Apollo's tools know it only if the schema declares it.</summary>
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
