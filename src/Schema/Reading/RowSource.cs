using Equaticket.Engine.Execution;
using Equaticket.Engine.Paging;
using Equaticket.Persistence;
using Equaticket.Schema.Execution;
using GraphQL;
using Microsoft.EntityFrameworkCore;
using Npgsql;

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
    /// <summary>The same query with a fixed text; null if there is none.</summary>
    public SourceQuery<TEntity, TRow>? Query { get; init; }

    /// <summary>Loads rows by id.</summary>
    public BatchLoader<Guid, TRow> ById(IResolveFieldContext context)
    {
        var operation = OperationContext.Of(context);
        return BatchLoaders.Of(context).Get<Guid, TRow>($"{Name} by id", async (ids, token) =>
        {
            var rows = await (Query is { } query
                ? query.ByIds.ReadAsync(operation.Database, [RowQuery.Value(ids.ToArray())], token)
                : ReadAsync(operation, operation.Database.Set<TEntity>().Where(row => ids.Contains(row.Id)), token));
            return rows.ToDictionary(row => row.Id);
        });
    }
}

internal static class RowSource
{
    /// <summary>A table whose rows are returned unchanged.</summary>
    public static RowSource<TEntity, TEntity> Of<TEntity>()
        where TEntity : class, IPagedRow =>
        new(typeof(TEntity).Name, row => row, (_, rows, token) => rows.ToListAsync(token))
        {
            Query = SourceQuery<TEntity>.Instance,
        };
}

/// <summary>Reads rows by statements that are prepared once.</summary>
/// <param name="select">The statement up to its conditions; see <see cref="RowQuery{TEntity,TRow}"/>.</param>
/// <param name="show">Reads a row, as for <see cref="RowQuery{TEntity,TRow}"/>.</param>
internal sealed class SourceQuery<TEntity, TRow>(string select, Func<TEntity, NpgsqlDataReader, int, TRow> show)
    where TEntity : class, IPagedRow
{
    private const string NewestFirst = "ORDER BY r.created_at DESC, r.id DESC";

    private readonly RowQuery<TEntity, TRow> _first = new($"{select} WHERE {{tenant}} {NewestFirst} LIMIT $3", show);

    private readonly RowQuery<TEntity, TRow> _next = new(
        $"{select} WHERE {{tenant}} AND (r.created_at, r.id) < ($3, $4) {NewestFirst} LIMIT $5", show);

    /// <summary>The row with the id <c>$3</c>.</summary>
    public RowQuery<TEntity, TRow> ById { get; } = new($"{select} WHERE {{tenant}} AND r.id = $3", show);

    /// <summary>The rows with the ids <c>$3</c>.</summary>
    public RowQuery<TEntity, TRow> ByIds { get; } = new($"{select} WHERE {{tenant}} AND r.id = ANY ($3)", show);

    /// <summary>The newest <c>$4</c> children of each of the parents <c>$3</c>.</summary>
    /// <param name="parent">The child's property with the id of its parent.</param>
    public RowQuery<TEntity, TRow> NewestOf(string parent) => new(
        select.Replace("{table} AS r", OfParents(parent), StringComparison.Ordinal), show);

    /// <summary>A page of a table without a filter; see <see cref="ListedRows{TEntity}.WholeTableOf"/>.</summary>
    public Task<List<TRow>> PageAsync(
        EquaticketDbContext database, PageRequest page, CancellationToken cancellationToken)
    {
        var count = RowQuery.Value(page.Limit + 1);
        return page.After is var (time, id)
            ? _next.ReadAsync(database, [RowQuery.Value(time), RowQuery.Value(id), count], cancellationToken)
            : _first.ReadAsync(database, [count], cancellationToken);
    }

    private static string OfParents(string parent) =>
        $$"""
        unnest($3::uuid[]) AS parents(id)
        CROSS JOIN LATERAL (
          SELECT * FROM {table} AS r WHERE {tenant} AND {{{parent}}} = parents.id
          {{NewestFirst}} LIMIT $4) AS r
        """;
}

/// <summary>Reads rows of a table unchanged.</summary>
internal static class SourceQuery<TEntity>
    where TEntity : class, IPagedRow
{
    public static SourceQuery<TEntity, TEntity> Instance { get; } =
        new("SELECT {columns} FROM {table} AS r", (row, _, _) => row);
}
