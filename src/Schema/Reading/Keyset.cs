using Equaticket.Engine.Paging;
using Equaticket.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Reading;

/// <summary>
/// Paginates a list by <c>(created_at, id)</c>, newest first, with one row-value comparison that the page index
/// supports. Rows added between requests never make a client see a row twice or miss one.
/// </summary>
public static class Keyset
{
    /// <summary>
    /// The rows of the page and one more, from which <see cref="ToConnection"/> sees whether there are more.
    /// </summary>
    public static IQueryable<TEntity> Page<TEntity>(
        this IQueryable<TEntity> rows, PageRequest page)
        where TEntity : class, IPagedRow
    {
        if (page.After is var (afterTime, afterId))
        {
            rows = rows.Where(row => EF.Functions.LessThan(
                ValueTuple.Create(row.CreatedAt, row.Id), ValueTuple.Create(afterTime, afterId)));
        }

        if (page.Before is var (beforeTime, beforeId))
        {
            rows = rows.Where(row => EF.Functions.GreaterThan(
                ValueTuple.Create(row.CreatedAt, row.Id), ValueTuple.Create(beforeTime, beforeId)));
        }

        var ordered = page.IsBackward
            ? rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)
            : rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id);
        return ordered.Take(page.Limit + 1);
    }

    /// <summary>Sorts the rows of a page that was read together with others.</summary>
    public static List<TRow> Ordered<TRow>(this List<TRow> rows, PageRequest page)
        where TRow : IPagedRow
    {
        if (page.IsBackward)
            rows.Sort(OldestFirst);
        else
            rows.Sort(NewestFirst);
        return rows;
    }

    /// <param name="rows">The result of <see cref="Page"/>, in its order.</param>
    /// <param name="page">The requested page.</param>
    /// <param name="countAsync">See <see cref="Connection{TRow}.CountAsync"/>.</param>
    public static Connection<TRow> ToConnection<TRow>(
        this List<TRow> rows, PageRequest page, Func<CancellationToken, Task<object?>> countAsync)
        where TRow : IPagedRow
    {
        var hasMore = rows.Count > page.Limit;
        if (hasMore)
            rows.RemoveAt(page.Limit);
        if (!page.IsBackward)
            return new(rows, hasMore, page.After is not null, CursorOf, countAsync);
        rows.Reverse();
        return new(rows, page.Before is not null, hasMore, CursorOf, countAsync);
    }

    private static int OldestFirst<TRow>(TRow left, TRow right)
        where TRow : IPagedRow =>
        (left.CreatedAt, left.Id).CompareTo((right.CreatedAt, right.Id));

    private static int NewestFirst<TRow>(TRow left, TRow right)
        where TRow : IPagedRow => OldestFirst(right, left);

    private static Cursor CursorOf<TRow>(TRow row)
        where TRow : IPagedRow => new(row.CreatedAt, row.Id);
}
