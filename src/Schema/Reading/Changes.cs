using Equaticket.Persistence;

namespace Equaticket.Schema.Reading;

/// <summary>Finds what has changed since a time, in lists that are ordered by creation.</summary>
internal static class Changes
{
    /// <summary>So many rows are sorted rather than looked for along the whole list.</summary>
    private const int Few = 1_000;

    /// <summary>
    /// Rows that changed at that time or later. Applied to all rows of the tenant, before any other
    /// condition: what it counts must be entries of one index.
    /// </summary>
    /// <remarks>
    /// Few changes are best taken from the index on the time of change and sorted; among many, a page
    /// fills up soon along the page index. Which it is, the statement itself finds out, by counting up
    /// to the bound: a planner that guesses wrong would read the whole table for one page.
    /// </remarks>
    public static IQueryable<TEntity> ChangedSince<TEntity>(
        this IQueryable<TEntity> all, DateTimeOffset time)
        where TEntity : class, IChangingRow
    {
        var changed = all.Where(row => row.UpdatedAt >= time);
        var latest = changed.OrderByDescending(row => row.UpdatedAt);
        var few = latest.Take(Few).Where(_ => !latest.Skip(Few).Any());
        var many = changed.Where(_ => latest.Skip(Few).Any());
        return few.Concat(many);
    }
}
