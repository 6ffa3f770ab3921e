namespace Equaticket.Schema.Jobs;

/// <summary>
/// How a job claims the rows that are due: one statement selects rows that no other host has claimed and sets the
/// end of their lease. If a host crashes, its rows are due again when the lease ends.
/// </summary>
/// <param name="Table">The table.</param>
/// <param name="DueAt">The column, or expression, of when a row is due.</param>
/// <param name="Lease">Longer than the work can take, so that a live host never loses a row.</param>
internal sealed record Claim(string Table, string DueAt, TimeSpan Lease)
{
    /// <summary>The columns of the table's key.</summary>
    public string Key { get; init; } = "organization_id, id";

    /// <summary>The column for the end of the lease; null to use <see cref="DueAt"/>.</summary>
    public string? LeasedUntil { get; init; }

    /// <summary>An additional condition for a row to be due.</summary>
    public string Condition { get; init; } = "true";

    /// <summary>The column that counts the claims of a row; null for none.</summary>
    public string? Counter { get; init; }

    /// <summary>
    /// Whether organizations take turns, so that an organization with many rows does not delay the others.
    /// </summary>
    public bool TakesTurns { get; init; }

    /// <summary>
    /// The columns that form lanes, so that no lane delays another: each claim takes a limited number of rows per
    /// lane. Null for no lanes. The index that serves the claim consists of these columns and <see cref="DueAt"/>.
    /// </summary>
    public string? Lane { get; init; }

    /// <summary>The condition of the partial index of the lanes.</summary>
    public string Waits { get; init; } = "true";

    /// <summary>Selects the result from the claimed rows, <c>claimed</c>.</summary>
    public string Result { get; init; } = "SELECT * FROM claimed";

    /// <remarks>
    /// The parameters are <c>@now</c>, <c>@leased_until</c> and <c>@batch</c>. With lanes, <c>@lane_free</c> is the
    /// default limit per lane. The lanes with a different limit are passed as arrays: one named after each column,
    /// and <c>@free</c> for the limits.
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

    /// <summary>
    /// Locks the sorted rows and checks again that they are due, because another host may have been faster.
    /// </summary>
    private string InTurns =>
        $"""
        SELECT {Key} FROM (
            SELECT {Key} FROM {Table} WHERE {IsDue}
            ORDER BY row_number() OVER (PARTITION BY organization_id ORDER BY {DueAt}), {DueAt}
            LIMIT @batch) AS due
        JOIN {Table} USING ({Key}) WHERE {IsDue}
        FOR NO KEY UPDATE OF {Table} SKIP LOCKED
        """;

    /// <summary>Finds the lanes with waiting rows by skipping through the index from one lane to the next.</summary>
    private string Lanes(string lane) =>
        $"""
        lane AS (
            (SELECT {lane} FROM {Table} WHERE {Waits} ORDER BY {lane} LIMIT 1)
            UNION ALL
            SELECT next.* FROM lane CROSS JOIN LATERAL (
                SELECT {lane} FROM {Table} WHERE {Waits} AND ({lane}) > ({Columns(lane, "lane.{0}")})
                ORDER BY {lane} LIMIT 1) AS next),

        """;

    /// <summary>
    /// Visits the lanes in random order, so that each gets its turn, however many rows wait in another.
    /// </summary>
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
