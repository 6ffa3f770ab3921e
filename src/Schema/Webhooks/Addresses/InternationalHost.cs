using System.Buffers;
using System.Globalization;
using System.Text;

namespace Equaticket.Schema.Webhooks.Addresses;

/// <summary>
/// Converts a host in any script to its lookup form (<c>xn--</c>, RFC 5891), so that the checked,
/// stored and dialled names are identical.
/// </summary>
/// <remarks>
/// The process has no Unicode normalization data (<c>InvariantGlobalization</c>). Letter case, full-
/// width and ideographic dots, as input methods produce them, are mapped; a name with characters that
/// need more is refused rather than changed into another name.
/// </remarks>
internal static class InternationalHost
{
    private static readonly SearchValues<char> AfterHost = SearchValues.Create("/?#:");

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <returns>
    /// The address with its host in ASCII, unchanged if it already is; null if impossible.
    /// </returns>
    public static string? ToAscii(string url)
    {
        const string slashes = "//";
        var before = url.IndexOf(slashes, StringComparison.Ordinal);
        if (before < 0)
            return url;
        var rest = url[(before + slashes.Length)..];
        var length = rest.AsSpan().IndexOfAny(AfterHost);
        var host = length < 0 ? rest : rest[..length];
        if (Ascii.IsValid(host))
            return url;
        return Convert(host) is { } ascii
            ? $"{url[..before]}{slashes}{ascii}{rest[host.Length..]}"
            : null;
    }

    private static string? Convert(string host)
    {
        var mapped = new StringBuilder(host.Length);
        foreach (var rune in host.EnumerateRunes())
        {
            var lower = Rune.ToLowerInvariant(Map(rune));
            if (!IsAllowed(lower))
                return null;
            mapped.Append(lower);
        }

        try
        {
            var name = mapped.ToString();
            return name.Split('.').Any(BeginsWithMark) ? null : Idn.GetAscii(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static Rune Map(Rune rune) => rune.Value switch
    {
        '\u3002' or '\uff61' => new Rune('.'),
        >= '\uff01' and <= '\uff5e' => new Rune(rune.Value - '\uff01' + '!'),
        _ => rune,
    };

    private static bool IsAllowed(Rune rune) => rune.IsAscii
        ? Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '.'
        : Rune.GetUnicodeCategory(rune) is UnicodeCategory.LowercaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.DecimalDigitNumber
        && !VariantLetters.Contains(rune.Value);

    private static bool BeginsWithMark(string label) => label.Length > 0
        && Rune.TryGetRuneAt(label, 0, out var first)
        && Rune.GetUnicodeCategory(first) is UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark;
}
