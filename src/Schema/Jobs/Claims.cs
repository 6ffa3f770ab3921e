using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Equaticket.Schema.Jobs;

/// <summary>Claims due rows of all organizations. Any number of hosts may do so concurrently.</summary>
public sealed class Claims(TenantContexts contexts, RowStamps stamps)
{
    /// <summary>The number of rows that a job claims and processes at a time.</summary>
    internal const int Parallelism = 4;

    /// <summary>Claims a few rows at a time and processes them in parallel, until none is due.</summary>
    /// <param name="claim">The rows to claim.</param>
    /// <param name="work">Processes one row. It must handle its errors, so that no row delays another.</param>
    /// <param name="cancellationToken">
    /// Cancels the work; unprocessed rows are due again when their leases end.
    /// </param>
    internal async Task DrainAsync<TRow>(
        Claim claim,
        Func<TRow, CancellationToken, Task> work,
        CancellationToken cancellationToken)
        where TRow : class
    {
        while (await TakeAsync<TRow>(claim, Parallelism, [], cancellationToken) is { Count: > 0 } due)
            await ForEachAsync(due, work, cancellationToken);
    }

    /// <summary>Processes rows in parallel.</summary>
    internal static Task ForEachAsync<TRow>(
        IEnumerable<TRow> rows, Func<TRow, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var bound = new ParallelOptions
        {
            MaxDegreeOfParallelism = Parallelism,
            CancellationToken = cancellationToken,
        };
        return Parallel.ForEachAsync(rows, bound, async (row, token) => await work(row, token));
    }

    /// <param name="claim">The rows to claim.</param>
    /// <param name="batch">The maximum number of rows.</param>
    /// <param name="lanes">The limits of the lanes; see <see cref="Claim.Statement"/>.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Entities, or rows with the columns of the claim's result.</returns>
    internal async Task<List<TRow>> TakeAsync<TRow>(
        Claim claim, int batch, IEnumerable<NpgsqlParameter> lanes, CancellationToken cancellationToken)
        where TRow : class
    {
        var now = stamps.Now();
        object[] values =
        [
            new NpgsqlParameter("now", now), new NpgsqlParameter("leased_until", now + claim.Lease),
            new NpgsqlParameter("batch", batch), .. lanes,
        ];
        await using var database = contexts.Lease(null);
        var claimed = database.Model.FindEntityType(typeof(TRow)) is null
            ? database.Database.SqlQueryRaw<TRow>(claim.Statement, values)
            : database.Set<TRow>().FromSqlRaw(claim.Statement, values).IgnoreQueryFilters();
        return await claimed.ToListAsync(cancellationToken);
    }
}

/// <summary>A row for a job to process, of any organization.</summary>
internal sealed record DueRow(Guid OrganizationId, bool Livemode, Guid Id)
{
    public TenantScope Tenant => new(OrganizationId, Livemode);
}

/// <summary>How long jobs wait before they call an external service again.</summary>
internal static class Backoff
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
    ];

    /// <param name="attempts">The number of attempts so far, from 1.</param>
    /// <returns>5 seconds after the first attempt, up to an hour from the sixth on.</returns>
    public static TimeSpan After(int attempts) =>
        Pauses[Math.Clamp(attempts - 1, 0, Pauses.Length - 1)];
}
