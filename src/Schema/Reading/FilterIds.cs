namespace Equaticket.Schema.Reading;

/// <summary>Ids as conditions of lists: one that is malformed is like one that is unknown.</summary>
internal static class FilterIds
{
    /// <returns>The id, or one that no row has.</returns>
    public static Guid Read(string text) =>
        Guid.TryParseExact(text, "D", out var id) ? id : Guid.Empty;
}
