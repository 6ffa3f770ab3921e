using System.ComponentModel;
using Equaticket.Engine.Access;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Nodes;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;

namespace Equaticket.Engine.Federation;

/// <summary>The root fields that Apollo Federation 2 asks of a subgraph.</summary>
public sealed class SubgraphQuery
{
    private const string TypeName = "__typename";

    [Public, Name("_service"), OutputType<NonNullGraphType<ServiceGraphType>>]
    [Description("Get the subgraph schema. A gateway composes it with those of other subgraphs.")]
    public static SubgraphText Service([FromServices] SubgraphText text) => text;

    [Authenticated, Name("_entities"), OutputType<NonNullGraphType<ListGraphType<EntityGraphType>>>]
    [Description("Resolve entity references of a gateway by type and id. Returns the entities in the order "
        + "of the references. Access and missing entities are handled as in `nodes`.")]
    public static async Task<IReadOnlyList<IDataLoaderResult>> Entities(
        [InputType<NonNullGraphType<ListGraphType<NonNullGraphType<AnyGraphType>>>>]
        [Description("Up to 100 entity references.")]
        IReadOnlyList<object> representations,
        IResolveFieldContext context,
        [FromServices] INodeReader reader)
    {
        NodeEntry.RequireFew(representations.Count, nameof(representations));
        var references = representations.Select(Read).ToList();
        var nodes = await reader.ReadAsync(
            context, [.. references.Select(reference => reference.Id)]);
        return [.. nodes.Zip(references, (node, reference) =>
            new NodeEntry(IsOf(context.Schema, reference.Type, node) ? node : ApiError.NotFound("node")))];
    }

    private static (string Type, string Id) Read(object representation, int index) =>
        representation is IDictionary<string, object?> reference
        && reference.TryGetValue(TypeName, out var type) && type is string name
        && reference.TryGetValue("id", out var id) && id is string text
            ? (name, text)
            : throw ApiError.Validation(
                $"representations[{index}]", $"Specify {TypeName} and id as strings.");

    private static bool IsOf(ISchema schema, string type, object node) =>
        node is ApiError || schema.AllTypes[type] is IObjectGraphType { IsTypeOf: { } isOf } && isOf(node);
}
