using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Equaticket.Engine.Input;
using Equaticket.Schema.Emails;
using Equaticket.Schema.Money;
using NodaTime;

namespace Equaticket.Schema;

/// <summary>The formats of <c>@format</c>, except the cursor format.</summary>
public static partial class TextFormats
{
    /// <summary>Describes the formats, for integrators.</summary>
    public const string Description =
        "The format of a string: `slug` (a-z, 0-9 and hyphens, with no hyphen at either end), "
        + "`timezone` (an IANA time zone name), `currency` (a lowercase ISO 4217 code), `cursor` (a cursor "
        + "from an earlier page, unchanged), `email` (an email address).";

    private const string SlugExpression = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";

    private static readonly FrozenSet<string> Timezones =
        DateTimeZoneProviders.Tzdb.Ids.ToFrozenSet();

    public static TextFormat Slug { get; } = new(
        "slug",
        text => SlugPattern().IsMatch(text)
            ? null
            : "Use a-z, 0-9 and hyphens, with no hyphen at either end.",
        $"^{SlugExpression}$");

    public static TextFormat Timezone { get; } = new(
        "timezone",
        text => Timezones.Contains(text)
            ? null
            : "Use an IANA time zone name, such as America/Chicago.");

    public static TextFormat Currency { get; } = new(
        "currency",
        text => CurrencyTable.Contains(text)
            ? null
            : "Use a supported ISO 4217 currency code in lowercase, such as usd.",
        "^[a-z]{3}$");

    public static TextFormat Email { get; } = new(
        "email",
        text => EmailAddress.Read(text) is { IsPublic: true }
            ? null
            : "Use an email address, such as ada@example.com.");

    [GeneratedRegex(
        @"\A" + SlugExpression + @"\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex SlugPattern();
}
