using Equaticket.Schema.Access;
using Equaticket.Schema.Errors;
using Equaticket.Schema.Events;
using Equaticket.Schema.Execution;
using Equaticket.Schema.TicketTypes;
using Equaticket.Schema.Webhooks;
using Equaticket.Schema.Webhooks.Deliveries;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Nodes;

/// <summary>Finds what an id stands for: one statement for all ids, and one more for each type.</summary>
public sealed class NodeReader(AccessRules rules)
{
    /// <returns>For each id the node, or the error that its entry shows.</returns>
    public async Task<IReadOnlyList<object>> ReadAsync(
        OperationContext operation,
        IReadOnlyCollection<string> ids,
        CancellationToken cancellationToken)
    {
        var wanted = ids.Select(id => Guid.TryParseExact(id, "D", out var guid) ? guid : Guid.Empty)
            .ToHashSet();
        var types = await TypesAsync(operation, [.. wanted], cancellationToken);
        var refusals = types.Values.Distinct().ToDictionary(
            type => type, type => rules.OfType(type)?.Refusal(operation.Caller));
        var nodes = await NodesAsync(
            operation,
            types.Where(pair => refusals[pair.Value] is null)
                .ToLookup(pair => pair.Value, pair => pair.Key),
            cancellationToken);
        return [.. ids.Select(Entry)];

        object Entry(string id)
        {
            if (!Guid.TryParseExact(id, "D", out var guid)
                || !types.TryGetValue(guid, out var type))
                return ApiError.NotFound("node");
            return refusals[type] ?? nodes.GetValueOrDefault(guid) ?? ApiError.NotFound("node");
        }
    }

    private static Task<Dictionary<Guid, string>> TypesAsync(
        OperationContext operation, Guid[] ids, CancellationToken cancellationToken) =>
        operation.Database.Events.Where(e => ids.Contains(e.Id))
            .Select(e => new { e.Id, Type = "Event" })
            .Concat(operation.Database.TicketTypes.Where(t => ids.Contains(t.Id))
                .Select(t => new { t.Id, Type = "TicketType" }))
            .Concat(operation.Database.Webhooks.Where(w => ids.Contains(w.Id))
                .Select(w => new { w.Id, Type = "Webhook" }))
            .Concat(DeliveryReader.Known(operation).Where(d => ids.Contains(d.Id))
                .Select(d => new { d.Id, Type = "WebhookDelivery" }))
            .ToDictionaryAsync(row => row.Id, row => row.Type, cancellationToken);

    private static async Task<Dictionary<Guid, object>> NodesAsync(
        OperationContext operation, ILookup<string, Guid> idsOfType, CancellationToken token)
    {
        var nodes = new Dictionary<Guid, object>();
        var database = operation.Database;
        if (idsOfType["Event"].ToArray() is { Length: > 0 } eventIds)
        {
            foreach (var row in await database.Events.Where(e => eventIds.Contains(e.Id))
                .Select(EventRow.FromEvent).ToListAsync(token))
                nodes.Add(row.Id, row);
        }

        if (idsOfType["TicketType"].ToArray() is { Length: > 0 } ticketTypeIds)
        {
            foreach (var row in await TicketTypeReader.WithStatusAsync(
                operation, database.TicketTypes.Where(t => ticketTypeIds.Contains(t.Id)), token))
                nodes.Add(row.Id, row);
        }

        await WebhookNodes.AddAsync(operation, idsOfType, nodes, token);
        return nodes;
    }
}
