using System.Text.Json;
using System.Text.RegularExpressions;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>Turns the descriptions of the schema into REST's terms.</summary>
internal static partial class RestWording
{
    /// <returns>The text with the names of fields as REST spells them.</returns>
    public static string Of(string? description) =>
        FieldName().Replace(description ?? "", field =>
            $"`{JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Groups["name"].Value)}`");

    /// <summary>The first sentence, without its full stop.</summary>
    public static string Summary(string text)
    {
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).TrimEnd('.');
    }

    /// <summary>A name in capitals and lower case as words: <c>TicketTypes</c>, "Ticket types".</summary>
    public static string Words(string name)
    {
        var words = JsonNamingPolicy.SnakeCaseLower.ConvertName(name).Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    [GeneratedRegex(
        "`(?<name>[a-z]+([A-Z][a-z]*)+)`",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FieldName();
}
