using Equaticket.Engine.Access;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Nodes;
using Equaticket.Schema.Execution;
using GraphQL;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Reading;

/// <summary>
/// Finds nodes by id. One statement finds the types of all ids, and one more per type reads the rows.
/// </summary>
public sealed class NodeReader(AccessRules rules) : INodeReader
{
    public Task<IReadOnlyList<object>> ReadAsync(
        IResolveFieldContext context, IReadOnlyCollection<Guid> ids) =>
        ReadAsync(OperationContext.Of(context), ids, context.CancellationToken);

    /// <returns>For each id, the node or its error.</returns>
    public async Task<IReadOnlyList<object>> ReadAsync(
        OperationContext operation,
        IReadOnlyCollection<Guid> ids,
        CancellationToken cancellationToken)
    {
        var types = await TypesAsync(operation, [.. ids.Distinct()], cancellationToken);
        var refusals = types.Values.Distinct().ToDictionary(
            type => type, type => rules.OfType(type).Refusal(operation.Caller));
        var nodes = await NodesAsync(
            operation,
            types.Where(pair => refusals[pair.Value] is null)
                .ToLookup(pair => pair.Value, pair => pair.Key),
            cancellationToken);
        return [.. ids.Select(Entry)];

        object Entry(Guid id) =>
            (types.TryGetValue(id, out var type) ? refusals[type] ?? nodes.GetValueOrDefault(id) : null)
            ?? ApiError.NotFound("node");
    }

    private static Task<Dictionary<Guid, string>> TypesAsync(
        OperationContext operation, Guid[] ids, CancellationToken cancellationToken) =>
        NodeKind.All.Select(kind => kind.Find(operation.Database, ids))
            .Aggregate((found, more) => found.Concat(more))
            .ToDictionaryAsync(row => row.Id, row => row.Type, cancellationToken);

    private static async Task<Dictionary<Guid, object>> NodesAsync(
        OperationContext operation, ILookup<string, Guid> idsOfType, CancellationToken token)
    {
        var nodes = new Dictionary<Guid, object>();
        foreach (var kind in NodeKind.All.Where(kind => idsOfType.Contains(kind.Type)))
        {
            foreach (var row in await kind.ReadAsync(operation, [.. idsOfType[kind.Type]], token))
                nodes.Add(row.Id, row);
        }

        return nodes;
    }
}
