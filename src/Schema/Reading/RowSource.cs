using Equaticket.Engine.Execution;
using Equaticket.Persistence;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Reading;

/// <summary>How the schema reads rows of one kind, whichever way it comes to them.</summary>
/// <param name="Name">The object type that shows them.</param>
/// <param name="Entity">The table's row within a row of the schema.</param>
/// <param name="ReadAsync">Reads rows with whatever their type shows besides.</param>
internal sealed record RowSource<TEntity, TRow>(
    string Name,
    Func<TRow, TEntity> Entity,
    Func<OperationContext, IQueryable<TEntity>, CancellationToken, Task<List<TRow>>> ReadAsync)
    where TEntity : class, IPagedRow
    where TRow : class, IPagedRow
{
    /// <summary>The row of that id, read together with those that others ask for.</summary>
    public IDataLoaderResult ById(IResolveFieldContext context, Guid id)
    {
        var operation = OperationContext.Of(context);
        return BatchLoaders.Of(context).Get<Guid, TRow>($"{Name} by id", async (ids, token) =>
        {
            var rows = operation.Database.Set<TEntity>().Where(row => ids.Contains(row.Id));
            return (await ReadAsync(operation, rows, token)).ToDictionary(row => row.Id);
        }).Load(id);
    }
}

internal static class RowSource
{
    /// <summary>A table whose rows are shown as they are.</summary>
    public static RowSource<TEntity, TEntity> Of<TEntity>()
        where TEntity : class, IPagedRow =>
        new(typeof(TEntity).Name, row => row, (_, rows, token) => rows.ToListAsync(token));
}
