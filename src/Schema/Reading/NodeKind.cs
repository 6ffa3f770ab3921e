using Equaticket.Persistence;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Reading;

/// <summary>A type of the schema that <c>node</c> finds.</summary>
internal abstract class NodeKind(string type)
{
    /// <summary>The name of the type.</summary>
    public string Type => type;

    public static NodeKind Of<TEntity, TRow>(RowSource<TEntity, TRow> source)
        where TEntity : class, IPagedRow
        where TRow : class, IPagedRow =>
        new OfSource<TEntity, TRow>(source);

    /// <summary>Which of the ids are of this type.</summary>
    public abstract IQueryable<TypedId> Find(EquaticketDbContext database, Guid[] ids);

    public abstract Task<IReadOnlyList<IPagedRow>> ReadAsync(
        OperationContext operation, Guid[] ids, CancellationToken cancellationToken);

    private sealed class OfSource<TEntity, TRow>(RowSource<TEntity, TRow> source)
        : NodeKind(source.Name)
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

/// <summary>What an id stands for.</summary>
internal sealed class TypedId
{
    public required Guid Id { get; init; }

    public required string Type { get; init; }
}
