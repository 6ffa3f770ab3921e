using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Equaticket.Persistence;

/// <summary>
/// Prepares statements once on each connection, so that PostgreSQL doesn't parse and plan them for every request.
/// </summary>
/// <remarks>
/// A connection keeps what is prepared, so only statements with a fixed number of forms are: an <c>UPDATE</c> has
/// one for each set of columns that a client may choose. With a list of ids, whether to look each up or to read all
/// rows of the organization depends on how many there are, so those are planned each time, too.
/// </remarks>
internal sealed class PreparedStatements : DbCommandInterceptor
{
    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        if (IsPrepared(command.CommandText))
            await command.PrepareAsync(cancellationToken);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default)
    {
        if (IsPrepared(command.CommandText))
            await command.PrepareAsync(cancellationToken);
        return result;
    }

    /// <remarks>A query that is planned for its values begins with a comment.</remarks>
    private static bool IsPrepared(string text) =>
        (text.StartsWith("SELECT", StringComparison.Ordinal) || text.StartsWith("INSERT", StringComparison.Ordinal))
        && !text.Contains("= ANY (", StringComparison.Ordinal) && !text.Contains("unnest(", StringComparison.Ordinal);
}

public static class QueryPlans
{
    /// <summary>
    /// Plans a query for its values each time. Which index serves a filter depends on how rare its value is: a plan
    /// for any value may read a whole table to find a rare one.
    /// </summary>
    public static IQueryable<TRow> PlanForValues<TRow>(this IQueryable<TRow> rows) =>
        rows.TagWith("Planned for its values");
}
