using System.Linq.Expressions;
using Equaticket.Engine.Paging;
using Equaticket.Persistence;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Reading;

/// <summary>The rows of a list, and the queries that read them.</summary>
/// <param name="ways">
/// The queries, which together return each row once. The statement decides at run time which of them to use.
/// </param>
public sealed class ListedRows<TEntity>(params IQueryable<TEntity>[] ways)
    where TEntity : class, IPagedRow
{
    /// <summary>
    /// Whether the page is one that <see cref="SourceQuery{TEntity,TRow}.PageAsync"/> reads: without a filter, forward,
    /// and without a <c>before</c> cursor.
    /// </summary>
    internal bool IsWholeTable(PageRequest page) =>
        ways is [DbSet<TEntity>] && page is { IsBackward: false, Before: null };

    public ListedRows<TEntity> Where(Expression<Func<TEntity, bool>> condition) =>
        new([.. ways.Select(way => way.Where(condition).PlanForValues())]);

    /// <summary>The rows that were created at or after the first time and before the second, if given.</summary>
    public ListedRows<TEntity> CreatedWithin(DateTimeOffset? from, DateTimeOffset? to)
    {
        var rows = from is { } first ? Where(row => row.CreatedAt >= first) : this;
        return to is { } end ? rows.Where(row => row.CreatedAt < end) : rows;
    }

    /// <param name="way">A query for rows that no other way returns.</param>
    internal ListedRows<TEntity> And(IQueryable<TEntity> way) => new([.. ways, way]);

    /// <remarks>
    /// Each query is limited to the page: the planner uses the order of an index only where it sees the limit.
    /// </remarks>
    public IQueryable<TEntity> Page(PageRequest page) =>
        ways is [var only]
            ? only.Page(page)
            : ways.Select(way => way.Page(page)).Aggregate(Queryable.Concat)
                .Page(page with { After = null, Before = null });

    public Task<int> CountAsync(CancellationToken cancellationToken) =>
        ways.Aggregate(Queryable.Concat).CountAsync(cancellationToken);

    /// <summary>Reads a page of a list whose rows are returned unchanged.</summary>
    public Task<Connection<TEntity>> ToPageAsync(
        OperationContext operation, PageRequest page, CancellationToken cancellationToken) =>
        RowSource.Of<TEntity>().PageAsync(operation, this, page, cancellationToken);
}

/// <summary>Finds rows in a time range on a column other than the one that orders their list.</summary>
internal static class Ranges
{
    /// <summary>Up to this many matches are sorted; more are searched for along the page index.</summary>
    private const int Few = 1_000;

    /// <param name="matches">
    /// All rows of the tenant within the range, without other conditions: the count must read entries of one index.
    /// </param>
    /// <param name="time">The column of the range. It is the last column of an index.</param>
    /// <remarks>
    /// A few matches are best read from that index and sorted; with many matches, a scan of the page index soon fills a
    /// page. The statement decides by counting up to the bound: a planner that guesses wrong would read the whole table
    /// for one page.
    /// </remarks>
    public static ListedRows<TEntity> WithinRange<TEntity>(
        this IQueryable<TEntity> matches, Expression<Func<TEntity, DateTimeOffset>> time)
        where TEntity : class, IPagedRow
    {
        matches = matches.PlanForValues();
        var latest = matches.OrderByDescending(time);
        var few = latest.Take(Few).Where(_ => !latest.Skip(Few).Any());
        var many = matches.Where(_ => latest.Skip(Few).Any());
        return new(few, many);
    }

    /// <summary>
    /// Rows that were created or changed at or after that time. Apply this to all rows of the tenant, before any other
    /// condition.
    /// </summary>
    /// <remarks>The index by the last change contains only changed rows. The page index has the new ones.</remarks>
    public static ListedRows<TEntity> ChangedSince<TEntity>(
        this IQueryable<TEntity> all, DateTimeOffset time)
        where TEntity : class, IChangingRow =>
        all.Where(row => row.UpdatedAt >= time && row.UpdatedAt > row.CreatedAt).WithinRange(row => row.UpdatedAt)
            .Where(row => row.CreatedAt < time)
            .And(all.Where(row => row.CreatedAt >= time).PlanForValues());
}
