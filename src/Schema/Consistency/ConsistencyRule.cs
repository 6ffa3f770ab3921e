namespace Equaticket.Schema.Consistency;

/// <summary>An invariant of the rows of one organization.</summary>
/// <param name="Kind">The rule's name in the report.</param>
/// <param name="Message">The rule, as a sentence.</param>
/// <param name="Rows">
/// A query that returns one row for each stored value: <c>livemode</c>, <c>id</c>, <c>expected</c> and
/// <c>actual</c>. <c>$1</c> is the organization id.
/// </param>
internal sealed record ConsistencyRule(string Kind, string Message, string Rows)
{
    /// <summary>A query for only the rows that differ; a missing value counts as different.</summary>
    public string Differences =>
        $"""
        SELECT livemode, id, coalesce(expected::text, ''), coalesce(actual::text, '')
        FROM ({Rows}) AS compared WHERE expected IS DISTINCT FROM actual ORDER BY livemode, id
        """;
}
