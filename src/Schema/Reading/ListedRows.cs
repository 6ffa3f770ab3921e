using System.Linq.Expressions;
using Equaticket.Engine.Paging;
using Equaticket.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Reading;

/// <summary>The rows of a list, and the ways to read them.</summary>
/// <param name="ways">Together they give each row once; the statement itself finds out which of them to take.</param>
public sealed class ListedRows<TEntity>(params IQueryable<TEntity>[] ways)
    where TEntity : class, IPagedRow
{
    public ListedRows<TEntity> Where(Expression<Func<TEntity, bool>> condition) =>
        new([.. ways.Select(way => way.Where(condition).PlanForValues())]);

    /// <remarks>
    /// Each way ends at the page: the planner takes the order of an index only where it sees the limit.
    /// </remarks>
    public IQueryable<TEntity> Page(PageRequest page) =>
        ways is [var only]
            ? only.Page(page)
            : ways.Select(way => way.Page(page)).Aggregate(Queryable.Concat)
                .Page(page with { After = null, Before = null });

    public Task<int> CountAsync(CancellationToken cancellationToken) =>
        ways.Aggregate(Queryable.Concat).CountAsync(cancellationToken);

    /// <summary>Reads the page of a list whose rows are shown as they are.</summary>
    public async Task<Connection<TEntity>> ToPageAsync(
        PageRequest page, CancellationToken cancellationToken)
    {
        var whole = ways is [DbSet<TEntity> all] ? WholeTable<TEntity>.Page(all, page) : null;
        var rows = await (whole ?? Page(page).AsAsyncEnumerable()).ToListAsync(cancellationToken);
        return rows.ToConnection(page, async token => await CountAsync(token));
    }
}

/// <summary>Finds rows by a range of times that the order of their list does not follow.</summary>
internal static class Ranges
{
    /// <summary>So many rows are sorted rather than looked for along the whole list.</summary>
    private const int Few = 1_000;

    /// <param name="matches">
    /// All rows of the tenant within the range, and no other condition: what is counted must be entries
    /// of one index.
    /// </param>
    /// <param name="time">What the range is of. An index ends with it.</param>
    /// <remarks>
    /// Few matches are best taken from that index and sorted; among many, a page fills up soon along the
    /// page index. The statement itself finds out which it is by counting up to the bound: a planner
    /// that guesses wrong would read the whole table for one page.
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
    /// Rows that changed at that time or later. Applied to all rows of the tenant, before any other
    /// condition.
    /// </summary>
    public static ListedRows<TEntity> ChangedSince<TEntity>(
        this IQueryable<TEntity> all, DateTimeOffset time)
        where TEntity : class, IChangingRow =>
        all.Where(row => row.UpdatedAt >= time).WithinRange(row => row.UpdatedAt);
}
