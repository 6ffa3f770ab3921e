using System.ComponentModel;
using Equaticket.Engine.Access;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Nodes;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Reading;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Query
{
    [Authenticated, OutputType<NodeInterface>]
    [Description("Get the object with this ID. An unknown ID is `not_found`; a type that your key may not "
        + "read is `forbidden`.")]
    public static async Task<object> Node(
        [Id, Description("The object's ID.")] Guid id,
        [FromOperation] OperationContext operation,
        [FromServices] NodeReader reader,
        CancellationToken cancellationToken) =>
        (await reader.ReadAsync(operation, [id], cancellationToken))[0] is var node
            && node is ApiError error
                ? throw error
                : node;

    [Authenticated, OutputType<NonNullGraphType<ListGraphType<NodeInterface>>>]
    [Description("Get the objects with these IDs, in the order given. An entry that cannot be shown is "
        + "null, with its own error.")]
    public static async Task<IReadOnlyList<IDataLoaderResult>> Nodes(
        [InputType<NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>>]
        [Description("The IDs of the objects, at most 100.")]
        IReadOnlyList<Guid> ids,
        [FromOperation] OperationContext operation,
        [FromServices] NodeReader reader,
        CancellationToken cancellationToken)
    {
        NodeEntry.RequireFew(ids.Count, nameof(ids));
        var nodes = await reader.ReadAsync(operation, ids, cancellationToken);
        return [.. nodes.Select(node => new NodeEntry(node))];
    }
}
