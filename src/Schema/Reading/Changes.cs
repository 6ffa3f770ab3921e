using Equaticket.Persistence;

namespace Equaticket.Schema.Reading;

/// <summary>Finds what has changed since a time, in lists that are ordered by creation.</summary>
internal static class Changes
{
    /// <summary>
    /// Rows that changed at that time or later. Applied to all rows of the tenant, before any other
    /// condition.
    /// </summary>
    public static ListedRows<TEntity> ChangedSince<TEntity>(
        this IQueryable<TEntity> all, DateTimeOffset time)
        where TEntity : class, IChangingRow =>
        all.Where(row => row.UpdatedAt >= time).WithinRange(row => row.UpdatedAt);
}
