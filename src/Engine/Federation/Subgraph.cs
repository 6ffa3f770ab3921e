using System.ComponentModel;
using Equaticket.Engine.Access;
using Equaticket.Engine.Cost;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using Equaticket.Engine.Nodes;
using Equaticket.Engine.Paging;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;

namespace Equaticket.Engine.Federation;

/// <summary>Turns the schema into an Apollo Federation 2 subgraph.</summary>
public static class Subgraph
{
    public static void AddSubgraph(this GraphQL.Types.Schema schema)
    {
        foreach (var field in new AutoRegisteringObjectGraphType<SubgraphQuery>().Fields)
        {
            if (field.Arguments?.Find("representations") is { } references)
                field.HasListSize(PageRequest.MaxLimit, [references.Name]);
            schema.Query.AddField(field);
        }
    }
}

/// <summary>Whether the schema is a subgraph (<c>GraphQL__Federation</c>).</summary>
public sealed class SubgraphOptions
{
    /// <summary>
    /// Adds <c>_service</c> and <c>_entities</c> of Apollo Federation 2, which let a gateway compose this
    /// schema with others.
    /// </summary>
    public bool Federation { get; init; }
}

/// <summary>The root fields that Apollo Federation 2 requires of a subgraph.</summary>
public sealed class SubgraphQuery
{
    private const string TypeName = "__typename";

    [Public, Name("_service"), OutputType<NonNullGraphType<ServiceGraphType>>]
    [Description("Get the subgraph schema. A gateway composes it with those of other subgraphs.")]
    public static SubgraphText Service([FromServices] SubgraphText text) => text;

    [Authenticated, Name("_entities"), OutputType<NonNullGraphType<ListGraphType<EntityGraphType>>>]
    [Description("Resolve a gateway's entity references by type and ID. Returns the entities in the order "
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

    private static (string Type, Guid Id) Read(object representation, int index) =>
        representation is IDictionary<string, object?> reference
        && reference.TryGetValue(TypeName, out var type) && type is string name
        && reference.TryGetValue("id", out var id) && id is string text
            ? (name, Ids.Read(text))
            : throw ApiError.Validation(
                $"representations[{index}]", $"Specify {TypeName} and id as strings.");

    private static bool IsOf(ISchema schema, string type, object node) =>
        node is ApiError || schema.AllTypes[type] is IObjectGraphType { IsTypeOf: { } isOf } && isOf(node);
}
