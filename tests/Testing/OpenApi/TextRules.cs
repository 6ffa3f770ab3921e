using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Equaticket.Testing.OpenApi;

/// <summary>The JSON Schema keywords for strings, as strict as the product's responses must be.</summary>
internal static class TextRules
{
    private const string UtcWithMilliseconds = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static bool Holds(string keyword, JsonNode rule, string text) => keyword switch
    {
        "minLength" => Length(text) >= (int)rule,
        "maxLength" => Length(text) <= (int)rule,
        "pattern" => Regex.IsMatch(text, (string)rule!, RegexOptions.ECMAScript),
        "format" => HasFormat((string)rule!, text),
        _ => throw new NotSupportedException($"The keyword {keyword} is not supported."),
    };

    private static int Length(string text) => text.EnumerateRunes().Count();

    private static bool HasFormat(string format, string text) => format switch
    {
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "date-time" => DateTime.TryParseExact(
            text, UtcWithMilliseconds, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "uri-reference" => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _),
        _ => throw new NotSupportedException($"The format {format} is not supported."),
    };
}
