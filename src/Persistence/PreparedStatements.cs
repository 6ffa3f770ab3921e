using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Equaticket.Persistence;

/// <summary>
/// Prepares statements once per connection, so that PostgreSQL does not parse and plan them for every request.
/// </summary>
/// <remarks>
/// Prepared statements stay on the connection, so only statements with a fixed number of forms are prepared; an
/// <c>UPDATE</c> has a form for each set of columns that a client may choose. Statements with a list of ids are also
/// planned each time: whether to look up each id or to read all rows of the organization depends on the number of ids.
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

    /// <remarks>A query that is planned for its values starts with a comment, so it does not match.</remarks>
    private static bool IsPrepared(string text) =>
        (text.StartsWith("SELECT", StringComparison.Ordinal) || text.StartsWith("INSERT", StringComparison.Ordinal))
        && !text.Contains("= ANY (", StringComparison.Ordinal) && !text.Contains("unnest(", StringComparison.Ordinal);
}

public static class QueryPlans
{
    private const string Tag = "Planned for its values";

    /// <summary>Starts a statement that is planned for its values each time.</summary>
    public const string ForValues = $"-- {Tag}";

    /// <summary>
    /// Plans a query for its values each time. The best index for a filter depends on how rare its value is: a plan for
    /// arbitrary values may read a whole table to find a rare one.
    /// </summary>
    public static IQueryable<TRow> PlanForValues<TRow>(this IQueryable<TRow> rows) =>
        rows.TagWith(Tag);
}
