using Equaticket.Engine.Paging;
using Equaticket.Persistence;
using Npgsql;

namespace Equaticket.Schema.Reading;

/// <summary>Pages of a whole table, newest first: the lists that clients request most.</summary>
/// <param name="select">The statement up to its conditions; see <see cref="RowQuery{TEntity,TRow}"/>.</param>
/// <param name="show">Reads a row, as for <see cref="RowQuery{TEntity,TRow}"/>.</param>
internal sealed class WholeTable<TEntity, TRow>(string select, Func<TEntity, NpgsqlDataReader, int, TRow> show)
    where TEntity : class, IPagedRow
{
    private const string NewestFirst = "ORDER BY r.created_at DESC, r.id DESC";

    private readonly RowQuery<TEntity, TRow> _first = new($"{select} WHERE {{tenant}} {NewestFirst} LIMIT $3", show);

    private readonly RowQuery<TEntity, TRow> _next = new(
        $"{select} WHERE {{tenant}} AND (r.created_at, r.id) < ($3, $4) {NewestFirst} LIMIT $5", show);

    /// <summary>The rows of a page for which <see cref="ListedRows{TEntity}.WholeTableOf"/> has a context.</summary>
    public Task<List<TRow>> PageAsync(
        EquaticketDbContext database, PageRequest page, CancellationToken cancellationToken)
    {
        var count = RowQuery.Value(page.Limit + 1);
        return page.After is var (time, id)
            ? _next.ReadAsync(database, [RowQuery.Value(time), RowQuery.Value(id), count], cancellationToken)
            : _first.ReadAsync(database, [count], cancellationToken);
    }
}

/// <summary>A table whose rows are returned unchanged.</summary>
internal static class WholeTable<TEntity>
    where TEntity : class, IPagedRow
{
    public static WholeTable<TEntity, TEntity> Pages { get; } =
        new("SELECT {columns} FROM {table} AS r", (row, _, _) => row);
}
