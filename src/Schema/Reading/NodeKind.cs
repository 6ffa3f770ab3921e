using Equaticket.Persistence;
using Equaticket.Persistence.Refunds;
using Equaticket.Schema.ApiKeys;
using Equaticket.Schema.Attendees;
using Equaticket.Schema.Events;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Refunds;
using Equaticket.Schema.TicketTypes;
using Equaticket.Schema.Webhooks;
using Equaticket.Schema.Webhooks.Deliveries;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Reading;

/// <summary>A schema type that <c>node</c> can find.</summary>
internal abstract class NodeKind(string type, Type graphType)
{
    /// <summary>The types that implement <c>Node</c>, and how their rows are read.</summary>
    public static IReadOnlyList<NodeKind> All { get; } =
    [
        Of(typeof(EventGraphType), EventReader.Rows),
        Of(typeof(TicketTypeGraphType), TicketTypeReader.Rows),
        Of(typeof(OrderGraphType), OrderReader.Rows),
        Of(typeof(RefundGraphType), RowSource.Of<Refund>()),
        Of(typeof(AttendeeGraphType), AttendeeReader.Rows),
        Of(typeof(WebhookGraphType), WebhookReader.Rows),
        Of(typeof(WebhookDeliveryGraphType), DeliveryReader.Rows),
        Of(typeof(ApiKeyGraphType), ApiKeyLoaders.Rows),
    ];

    /// <summary>The name of the type.</summary>
    public string Type => type;

    public Type GraphType => graphType;

    /// <summary>Finds the ids of this type.</summary>
    public abstract IQueryable<TypedId> Find(EquaticketDbContext database, Guid[] ids);

    public abstract Task<IReadOnlyList<IPagedRow>> ReadAsync(
        OperationContext operation, Guid[] ids, CancellationToken cancellationToken);

    private static OfSource<TEntity, TRow> Of<TEntity, TRow>(Type graphType, RowSource<TEntity, TRow> source)
        where TEntity : class, IPagedRow
        where TRow : class, IPagedRow => new(graphType, source);

    private sealed class OfSource<TEntity, TRow>(Type graphType, RowSource<TEntity, TRow> source)
        : NodeKind(source.Name, graphType)
        where TEntity : class, IPagedRow
        where TRow : class, IPagedRow
    {
        public override IQueryable<TypedId> Find(EquaticketDbContext database, Guid[] ids) =>
            database.Set<TEntity>().Where(row => ids.Contains(row.Id))
                .Select(row => new TypedId { Id = row.Id, Type = Type });

        public override async Task<IReadOnlyList<IPagedRow>> ReadAsync(
            OperationContext operation, Guid[] ids, CancellationToken cancellationToken) =>
            await source.ReadAsync(
                operation,
                operation.Database.Set<TEntity>().Where(row => ids.Contains(row.Id)),
                cancellationToken);
    }
}

/// <summary>An id and its type.</summary>
internal sealed class TypedId
{
    public required Guid Id { get; init; }

    public required string Type { get; init; }
}
