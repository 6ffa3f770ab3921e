using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Equaticket.Schema.Currencies;
using NodaTime;

namespace Equaticket.Schema.Input;

/// <summary>The formats that <c>@format</c> names.</summary>
public static partial class TextFormats
{
    public const string Slug = "slug";
    public const string Timezone = "timezone";
    public const string Currency = "currency";
    public const string Cursor = "cursor";
    public const string Email = "email";

    public const int MaxEmailLength = 254; // RFC 5321, 4.5.3.1.3, less the brackets.

    private const string SlugExpression = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";

    private static readonly FrozenSet<string> Timezones =
        DateTimeZoneProviders.Tzdb.Ids.ToFrozenSet();

    /// <returns>What is wrong with the text, or null when it has the format.</returns>
    public static string? Fault(string format, string text) => format switch
    {
        Slug => SlugPattern().IsMatch(text)
            ? null
            : "Use a-z, 0-9 and hyphens, with no hyphen at either end.",
        Timezone => Timezones.Contains(text)
            ? null
            : "Give an IANA time zone name, such as America/Chicago.",
        Currency => CurrencyTable.Contains(text)
            ? null
            : "Give a supported ISO 4217 currency in lower case, such as usd.",
        Cursor => Paging.Cursor.TryDecode(text, out _)
            ? null
            : "This is no cursor. Pass one from an earlier page, unchanged.",
        Email => text.Length <= MaxEmailLength && EmailPattern().IsMatch(text)
            ? null
            : "Give an e-mail address, such as ada@example.com.",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No such format."),
    };

    /// <returns>What JSON Schema can say of the format, or null where a table decides.</returns>
    public static string? Pattern(string format) => format switch
    {
        Slug => $"^{SlugExpression}$",
        Currency => "^[a-z]{3}$",
        _ => null,
    };

    // One @, something before it, and a host name with a dot behind it; more only the mail server knows.
    [GeneratedRegex(
        @"\A[^@\s\p{C}<>""(),:;\[\]\\]+@[^@\s\p{C}<>""(),:;\[\]\\.]+(\.[^@\s\p{C}<>""(),:;\[\]\\.]+)+\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex EmailPattern();

    [GeneratedRegex(
        @"\A" + SlugExpression + @"\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex SlugPattern();
}
