using System.Buffers;
using System.Globalization;
using System.Text;

namespace Equaticket.Schema.Webhooks.Addresses;

/// <summary>
/// Converts a host in any script to its lookup form (<c>xn--</c>, RFC 5891), so that the checked, stored, and dialed
/// names are identical.
/// </summary>
/// <remarks>
/// The process has no Unicode normalization data (<c>InvariantGlobalization</c>). Letter case, full-width characters
/// and ideographic dots, which input methods produce, are mapped. A name that needs further mapping is rejected rather
/// than changed into another name.
/// </remarks>
internal static class InternationalHost
{
    private static readonly SearchValues<char> AfterHost = SearchValues.Create("/?#:");

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <returns>The URL with its host in ASCII, unchanged if it already is; null if impossible.</returns>
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

/// <summary>
/// Letters, marks, and digits that have another Unicode form: normalization form KC changes them or combines them with
/// the preceding letter (combining diacritics, conjoining jamo).
/// </summary>
internal static class VariantLetters
{
    /// <summary>Ranges of code points, in hexadecimal, sorted.</summary>
    private const string Table =
        """
        AA-BA 133 140 149 17F 1C6-1CC 1F3 2B0-2B8 2E0-2E4 300-36F 374 37A 3D0-3D6 3F0-3F2 3F5 587
        675-678 958-95F 9DC-9DF A33 A36 A59-A5B A5E B5C-B5D E33 EB3 EDC-EDD F43 F4D F52 F57 F5C F69
        F73 F75-F79 F81 F93 F9D FA2 FA7 FAC FB9 10FC 1100-11FF 1D2C-1D2E 1D30-1D3A 1D3C-1D4D
        1D4F-1D6A 1D78 1D9B-1DBF 1E9A-1E9B 1F71 1F73 1F75 1F77 1F79 1F7B 1F7D 1FBE 1FD3 1FE3
        2071-209C 210A-2149 2C7C-2C7D 2D6F 3099-309A 309F 30FF 3131-318E A69C-A69D A770 A7F2-A7F4
        A7F8-A7F9 A960-A97C AB5C-AB5F AB69 D7B0-FA0D FA10 FA12 FA15-FA1E FA20 FA22 FA25-FA26
        FA2A-FB1D FB1F-FDFB FE70-FE72 FE74-FFDC 10781-107BA 1D41A-1D7FF 1EE00-1FBF9 2F800-2FA1D
        """;

    private static readonly (int First, int Last)[] Ranges =
    [
        .. Table.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(Read),
    ];

    public static bool Contains(int codePoint) =>
        Ranges.Any(range => range.First <= codePoint && codePoint <= range.Last);

    private static (int First, int Last) Read(string range)
    {
        var ends = range.Split('-');
        return (Number(ends[0]), Number(ends[^1]));
    }

    private static int Number(string hexadecimal) =>
        int.Parse(hexadecimal, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
