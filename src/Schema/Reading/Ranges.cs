using System.Linq.Expressions;
using Equaticket.Persistence;

namespace Equaticket.Schema.Reading;

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
        var latest = matches.OrderByDescending(time);
        var few = latest.Take(Few).Where(_ => !latest.Skip(Few).Any());
        var many = matches.Where(_ => latest.Skip(Few).Any());
        return new(few, many);
    }
}
