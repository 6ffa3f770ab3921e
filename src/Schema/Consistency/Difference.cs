namespace Equaticket.Schema.Consistency;

/// <summary>What is stored and does not follow from the rows that it is derived from.</summary>
/// <param name="Organization">The slug of whose data it is.</param>
/// <param name="Mode"><c>live</c> or <c>test</c>.</param>
/// <param name="Kind">Which rule it breaks: <c>quantity_sold</c>.</param>
/// <param name="Id">The row that holds the value.</param>
/// <param name="Expected">What the other rows say.</param>
/// <param name="Actual">What is stored.</param>
/// <param name="Message">The rule, as a sentence.</param>
public sealed record Difference(
    string Organization,
    string Mode,
    string Kind,
    Guid Id,
    string Expected,
    string Actual,
    string Message);
