using Equaticket.Engine.Execution;
using Equaticket.Engine.Paging;
using Equaticket.Persistence;
using Equaticket.Schema.Execution;
using GraphQL;
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
    /// <summary>The same query with a fixed text; null if there is none.</summary>
    public SourceQuery<TEntity, TRow>? Query { get; init; }

    /// <summary>Reads a page of a list.</summary>
    public async Task<Connection<TRow>> PageAsync(
        OperationContext operation, ListedRows<TEntity> list, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await (Query is not null && list.IsWholeTable(page)
            ? Query.PageAsync(operation, page, cancellationToken)
            : ReadAsync(operation, list.Page(page), cancellationToken));
        return rows.ToConnection(page, async token => await list.CountAsync(token));
    }

    /// <summary>Loads rows by id.</summary>
    public BatchLoader<Guid, TRow> ById(IResolveFieldContext context)
    {
        var operation = OperationContext.Of(context);
        return BatchLoaders.Of(context).Get<Guid, TRow>($"{Name} by id", ids =>
        {
            var read = Query?.ByIds(operation, [.. ids]) ?? (token => ReadAsync(
                operation, operation.Database.Set<TEntity>().Where(row => ids.Contains(row.Id)), token));
            return async token => (await read(token)).ToDictionary(row => row.Id);
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
/// <param name="select">The statement up to its conditions; see <see cref="RowQuery{TEntity}"/>.</param>
/// <param name="show">Returns how the operation reads a row.</param>
internal sealed class SourceQuery<TEntity, TRow>(
    string select, Func<OperationContext, RowReader<TEntity, TRow>> show)
    where TEntity : class, IPagedRow
    where TRow : class, IPagedRow
{
    private const string NewestFirst = "ORDER BY r.created_at DESC, r.id DESC";

    private static readonly string[] PageKey = [nameof(IPagedRow.Id), nameof(IPagedRow.CreatedAt)];

    private readonly RowQuery<TEntity> _first = Page(select, "{tenant}");

    private readonly RowQuery<TEntity> _next = Page(select, "{tenant} AND (r.created_at, r.id) < ($4, $5)");

    private readonly RowQuery<TEntity> _byIds = new($"{select} WHERE {{tenant}} AND r.id = ANY ($3)");

    /// <summary>The row with the id <c>$3</c>.</summary>
    public RowQuery<TEntity> ById { get; } = new($"{select} WHERE {{tenant}} AND r.id = $3");

    /// <returns>The row; null if the caller has none with this id.</returns>
    public async Task<TRow?> FindAsync(OperationContext operation, Guid id, CancellationToken cancellationToken) =>
        (await operation.Reads.Add(ById, show(operation), null, id)(cancellationToken)).SingleOrDefault();

    /// <returns>Reads the rows with these ids.</returns>
    public ReadRows<TRow> ByIds(OperationContext operation, Guid[] ids) =>
        operation.Reads.Add(_byIds, show(operation), null, ids);

    /// <summary>Finds the newest children of each of many parents.</summary>
    /// <param name="parent">The child's property with the id of its parent.</param>
    public Func<OperationContext, PageRequest, Guid[], ReadRows<TRow>> NewestOf(string parent)
    {
        var query = new RowQuery<TEntity>(Of(select, OfParents(parent))) { Required = [.. PageKey, parent] };
        return (operation, page, parents) =>
            operation.Reads.Add(query, show(operation), Properties(page), parents, page.Limit + 1);
    }

    /// <summary>A page of a table without a filter; see <see cref="ListedRows{TEntity}.IsWholeTable"/>.</summary>
    public Task<List<TRow>> PageAsync(
        OperationContext operation, PageRequest page, CancellationToken cancellationToken)
    {
        var (reads, reader, properties) = (operation.Reads, show(operation), Properties(page));
        var read = page.After is var (time, id)
            ? reads.Add(_next, reader, properties, page.Limit + 1, time, id)
            : reads.Add(_first, reader, properties, page.Limit + 1);
        return read(cancellationToken);
    }

    /// <summary>Other rows may need properties that the operation doesn't select.</summary>
    private static string? Properties(PageRequest page) => typeof(TRow) == typeof(TEntity) ? page.Members : null;

    private static RowQuery<TEntity> Page(string select, string condition) =>
        new($"{Of(select, $"({Newest(condition)}) AS r")} {NewestFirst} LIMIT $3") { Required = PageKey };

    private static string OfParents(string parent)
    {
        var children = Newest($"{{tenant}} AND {{{parent}}} = parents.id");
        return $"""
            unnest($3::uuid[]) AS parents(id)
            CROSS JOIN LATERAL (SELECT * FROM ({children}) AS r {NewestFirst} LIMIT $4) AS r
            """;
    }

    /// <summary>The newest rows that may be on a page.</summary>
    /// <remarks>
    /// The limit of the page is a parameter. A plan for any values would expect it to be a tenth of the table, and cost
    /// so much that PostgreSQL planned the statement again for each request. The constant shows that a page is small.
    /// </remarks>
    private static string Newest(string condition) =>
        $"SELECT * FROM {{table}} AS r WHERE {condition} {NewestFirst} LIMIT {PageRequest.MaxLimit + 1}";

    private static string Of(string select, string rows) =>
        select.Replace("{table} AS r", rows, StringComparison.Ordinal);
}

/// <summary>Reads rows of a table unchanged.</summary>
internal static class SourceQuery<TEntity>
    where TEntity : class, IPagedRow
{
    public static SourceQuery<TEntity, TEntity> Instance { get; } =
        new("SELECT {columns} FROM {table} AS r", _ => (row, _, _) => row);
}
