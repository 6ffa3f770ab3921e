using Equaticket.Engine.Paging;
using Equaticket.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Equaticket.Schema.Reading;

/// <summary>
/// Pages of a whole table, newest first. These are read most often, so their queries are compiled once; for other
/// queries, Entity Framework Core builds an expression on every request to look up the statement.
/// </summary>
internal static class WholeTable<TEntity>
    where TEntity : class, IPagedRow
{
    private static readonly Func<EquaticketDbContext, int, IAsyncEnumerable<TEntity>> First =
        EF.CompileAsyncQuery<EquaticketDbContext, int, TEntity>((database, count) => database.Set<TEntity>()
            .OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(count));

    private static readonly Func<EquaticketDbContext, DateTimeOffset, Guid, int, IAsyncEnumerable<TEntity>> Next =
        EF.CompileAsyncQuery<EquaticketDbContext, DateTimeOffset, Guid, int, TEntity>((database, time, id, count) =>
            database.Set<TEntity>()
                .Where(row => EF.Functions.LessThan(
                    ValueTuple.Create(row.CreatedAt, row.Id), ValueTuple.Create(time, id)))
                .OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(count));

    /// <returns>
    /// The same rows as <see cref="Keyset.Page"/>; null for a page that is backward or has a <c>before</c> cursor.
    /// </returns>
    public static IAsyncEnumerable<TEntity>? Page(DbSet<TEntity> all, PageRequest page)
    {
        if (page is not { IsBackward: false, Before: null })
            return null;
        var database = (EquaticketDbContext)all.GetService<ICurrentDbContext>().Context;
        return page.After is var (time, id)
            ? Next(database, time, id, page.Limit + 1)
            : First(database, page.Limit + 1);
    }
}
