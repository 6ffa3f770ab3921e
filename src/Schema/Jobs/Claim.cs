namespace Equaticket.Schema.Jobs;

/// <summary>
/// How a job claims the rows that are due: one statement picks rows that no other host holds and writes the end
/// of the lease into them. The rows of a host that died are due again when its lease ends.
/// </summary>
/// <param name="Table">The table.</param>
/// <param name="DueAt">The column, or expression, of when a row is due.</param>
/// <param name="Lease">Longer than the work can take, so that a live host never loses a row.</param>
internal sealed record Claim(string Table, string DueAt, TimeSpan Lease)
{
    /// <summary>The columns of the table's key.</summary>
    public string Key { get; init; } = "organization_id, id";

    /// <summary>The column that holds the end of the lease; <see cref="DueAt"/> itself when null.</summary>
    public string? LeasedUntil { get; init; }

    /// <summary>What else must hold.</summary>
    public string Condition { get; init; } = "true";

    /// <summary>The column that counts the claims of a row; null for none.</summary>
    public string? Counter { get; init; }

    /// <summary>Whether organizations take turns, so that the many rows of one delay no other's.</summary>
    public bool TakesTurns { get; init; }

    /// <summary>
    /// The columns that form lanes, of which each gives so many rows and none delays another; null for none. The
    /// index that serves the claim consists of them and <see cref="DueAt"/>.
    /// </summary>
    public string? Lane { get; init; }

    /// <summary>What the index of the lanes is limited to.</summary>
    public string Waits { get; init; } = "true";

    /// <summary>Reads the claimed rows, <c>claimed</c>.</summary>
    public string Result { get; init; } = "SELECT * FROM claimed";

    /// <remarks>
    /// Its parameters are <c>@now</c>, <c>@leased_until</c> and <c>@batch</c>. Lanes have <c>@lane_free</c>, the
    /// bound of a lane, and the arrays of those with another bound: one named after each column, and
    /// <c>@free</c>.
    /// </remarks>
    public string Statement => field ??=
        $"""
        WITH RECURSIVE {(Lane is null ? "" : Lanes(Lane))}picked AS MATERIALIZED (
            {(Lane is not null ? OfLanes(Lane) : TakesTurns ? InTurns : Oldest)}),
        claimed AS (
            UPDATE {Table} AS taken SET {LeasedUntil ?? DueAt} = @leased_until{Counted} FROM picked
            WHERE ({Columns(Key, "taken.{0}")}) = ({Columns(Key, "picked.{0}")})
            RETURNING taken.*)
        {Result}
        """;

    private string IsDue => $"{DueAt} <= @now AND {Condition}";

    private string Counted => Counter is null ? "" : $", {Counter} = taken.{Counter} + 1";

    private string Oldest =>
        $"""
        SELECT {Key} FROM {Table} WHERE {IsDue}
        ORDER BY {DueAt} LIMIT @batch FOR NO KEY UPDATE SKIP LOCKED
        """;

    /// <summary>Locks what it has sorted, and looks again: another host may have been faster.</summary>
    private string InTurns =>
        $"""
        SELECT {Key} FROM (
            SELECT {Key} FROM {Table} WHERE {IsDue}
            ORDER BY row_number() OVER (PARTITION BY organization_id ORDER BY {DueAt}), {DueAt}
            LIMIT @batch) AS due
        JOIN {Table} USING ({Key}) WHERE {IsDue}
        FOR NO KEY UPDATE OF {Table} SKIP LOCKED
        """;

    /// <summary>Finds the lanes that have something waiting by jumping through the index from one to the next.</summary>
    private string Lanes(string lane) =>
        $"""
        lane AS (
            (SELECT {lane} FROM {Table} WHERE {Waits} ORDER BY {lane} LIMIT 1)
            UNION ALL
            SELECT next.* FROM lane CROSS JOIN LATERAL (
                SELECT {lane} FROM {Table} WHERE {Waits} AND ({lane}) > ({Columns(lane, "lane.{0}")})
                ORDER BY {lane} LIMIT 1) AS next),

        """;

    /// <summary>In an order that changes: however much waits in one lane, the others get their turns.</summary>
    private string OfLanes(string lane) =>
        $"""
        SELECT due.* FROM (
            SELECT {lane}, coalesce(free, @lane_free) AS free FROM lane
            LEFT JOIN unnest({Columns(lane, "@{0}")}, @free) AS bound ({lane}, free) USING ({lane})
            ORDER BY random()) AS open
        CROSS JOIN LATERAL (
            SELECT {Key} FROM {Table}
            WHERE ({lane}) = ({Columns(lane, "open.{0}")}) AND {IsDue}
            ORDER BY {DueAt} LIMIT open.free FOR NO KEY UPDATE SKIP LOCKED) AS due
        LIMIT @batch
        """;

    private static string Columns(string lane, string format) =>
        string.Join(", ", lane.Split(", ").Select(column => format.Replace("{0}", column, StringComparison.Ordinal)));
}
