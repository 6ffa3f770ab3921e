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
        new([.. ways.Select(way => way.Where(condition))]);

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
        var rows = await Page(page).ToListAsync(cancellationToken);
        return rows.ToConnection(page, async token => await CountAsync(token));
    }
}
