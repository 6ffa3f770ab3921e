using System.Globalization;

namespace Equaticket.Schema.Webhooks.Addresses;

/// <summary>
/// Letters, marks and digits with another Unicode form: normalization form KC changes
/// them, or joins them with the letter before (combining diacritics, conjoining jamo).
/// </summary>
internal static class VariantLetters
{
    /// <summary>Ranges of code points, in hexadecimal, in order.</summary>
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
