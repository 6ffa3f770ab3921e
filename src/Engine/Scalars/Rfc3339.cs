using System.Globalization;

namespace Equaticket.Engine.Scalars;

/// <summary>Times as the API reads and writes them (RFC 3339).</summary>
public static class Rfc3339
{
    /// <summary>The error for text that is not a time.</summary>
    public const string NoTime =
        "Use a date and time with an offset or Z, such as 2026-09-15T18:00:00Z.";

    private const string NoPlus =
        "The offset has a space instead of a +. In a query string, encode + as %2B, as in "
        + "2026-09-15T18:00:00%2B02:00.";

    private const string OutOfRange = "The time must be from 1900-01-01 to 9998-12-31, in UTC.";

    /// <summary>The length of the offset at the end of a time.</summary>
    private const int OffsetLength = 6;

    private static readonly DateTimeOffset Start = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A year before the maximum, so that no time zone conversion or addition overflows.</summary>
    private static readonly DateTimeOffset End = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Formats = [.. FormatsOf("zzz"), .. FormatsOf("'Z'")];

    /// <summary>The buffer size that <see cref="Write(DateTimeOffset, Span{byte})"/> needs, in bytes.</summary>
    public const int MaxLength = 32;

    private const int LengthToMilliseconds = 23;

    /// <summary>UTC with milliseconds: <c>2026-09-15T18:00:00.000Z</c>.</summary>
    public static string Write(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Write(DateTimeOffset)"/>
    /// <returns>The number of bytes written.</returns>
    public static int Write(DateTimeOffset time, Span<byte> utf8)
    {
        time.UtcDateTime.TryFormat(utf8, out _, "O", CultureInfo.InvariantCulture);
        utf8[LengthToMilliseconds] = (byte)'Z';
        return LengthToMilliseconds + 1;
    }

    /// <summary>UTC with microseconds, the precision of the database.</summary>
    public static string WriteMicroseconds(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// Parses a date and time with an offset or <c>Z</c> and up to nine fractional digits, truncated to
    /// microseconds. Rejects times without an offset, and times before 1900 or after 9998.
    /// </summary>
    public static bool TryRead(string text, out DateTimeOffset time) => Fault(text, out time) is null;

    /// <inheritdoc cref="TryRead"/>
    /// <returns>The error, or null if the text is a valid time.</returns>
    public static string? Fault(string text, out DateTimeOffset time)
    {
        if (!TryParse(text, out time))
            return LacksPlus(text) ? NoPlus : NoTime;
        return time >= Start && time < End ? null : OutOfRange;
    }

    private static bool LacksPlus(string text) =>
        text.Length > OffsetLength && text[^OffsetLength] == ' '
        && TryParse($"{text[..^OffsetLength]}+{text[^(OffsetLength - 1)..]}", out _);

    private static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length is < 20 or > 35 || !text.All(char.IsAscii) || !HasOffset(text))
            return false;
        return DateTimeOffset.TryParseExact(
            CutFraction(text.ToUpperInvariant()), Formats, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }

    /// <summary>The format <c>zzz</c> alone would also accept <c>+0200</c> and <c>+2:00</c>.</summary>
    private static bool HasOffset(string text) =>
        text[^1] is 'Z' or 'z' || (text[^OffsetLength] is '+' or '-' && text[^3] == ':');

    private static IEnumerable<string> FormatsOf(string offset) =>
        Enumerable.Range(0, 7).Select(digits =>
            "yyyy-MM-dd'T'HH:mm:ss" + (digits == 0 ? "" : "." + new string('f', digits)) + offset);

    private static string CutFraction(string text)
    {
        const int fraction = 20;
        if (text[fraction - 1] != '.')
            return text;
        var end = fraction;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        var digits = end - fraction;
        return digits is > 6 and <= 9 ? text.Remove(fraction + 6, digits - 6) : text;
    }
}
