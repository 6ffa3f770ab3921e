using Equaticket.Engine.Execution;
using Equaticket.Persistence;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Reading;

/// <summary>Reads rows of one kind for every field that returns them.</summary>
/// <param name="Name">The object type of the rows.</param>
/// <param name="Entity">Gets the table's row from a row of the schema.</param>
/// <param name="ReadAsync">Reads rows with all data that their type exposes.</param>
internal sealed record RowSource<TEntity, TRow>(
    string Name,
    Func<TRow, TEntity> Entity,
    Func<OperationContext, IQueryable<TEntity>, CancellationToken, Task<List<TRow>>> ReadAsync)
    where TEntity : class, IPagedRow
    where TRow : class, IPagedRow
{
    /// <summary>The row with that id, read together with the other rows the request needs.</summary>
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
    /// <summary>A table whose rows are returned unchanged.</summary>
    public static RowSource<TEntity, TEntity> Of<TEntity>()
        where TEntity : class, IPagedRow =>
        new(typeof(TEntity).Name, row => row, (_, rows, token) => rows.ToListAsync(token));
}
