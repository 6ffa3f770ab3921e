namespace Equaticket.Schema.Consistency;

/// <summary>A stored value that does not match the rows it is derived from.</summary>
/// <param name="Organization">The slug of the organization.</param>
/// <param name="Mode"><c>live</c> or <c>test</c>.</param>
/// <param name="Kind">The violated rule, such as <c>quantity_sold</c>.</param>
/// <param name="Id">The row that contains the value.</param>
/// <param name="Expected">The value derived from the other rows.</param>
/// <param name="Actual">The stored value.</param>
/// <param name="Message">The rule, as a sentence.</param>
public sealed record Difference(
    string Organization,
    string Mode,
    string Kind,
    Guid Id,
    string Expected,
    string Actual,
    string Message);
