namespace Equaticket.Schema.Consistency;

/// <summary>Something that must hold of the rows of one organization.</summary>
/// <param name="Kind">What it is called in the report.</param>
/// <param name="Message">The rule, as a sentence.</param>
/// <param name="Rows">
/// A statement that gives one row for each value that is stored: <c>livemode</c>, <c>id</c>,
/// <c>expected</c> and <c>actual</c>. <c>$1</c> is the organization.
/// </param>
internal sealed record ConsistencyRule(string Kind, string Message, string Rows)
{
    /// <summary>Gives only the rows that differ; what is missing counts as differing.</summary>
    public string Differences =>
        $"""
        SELECT livemode, id, coalesce(expected::text, ''), coalesce(actual::text, '')
        FROM ({Rows}) AS compared WHERE expected IS DISTINCT FROM actual ORDER BY livemode, id
        """;
}
