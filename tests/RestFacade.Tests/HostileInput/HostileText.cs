using System.Text;
using CsCheck;

namespace Equaticket.RestFacade.Tests.HostileInput;

/// <summary>Text and JSON that often break programs.</summary>
internal static class HostileText
{
    private static readonly string[] Nasty =
    [
        "", " ", "\0", "a\0b", "null", "undefined", "NaN", "-1", "0", "1e400", "2500.0",
        "99999999999999999999", "-9223372036854775809", "\u00e9", "\ud83c\udfab", "\ufeff", "\u2028",
        "\u202e", "..", "../..", "%", "%s%n", "{0}", "$ne", "'; DROP TABLE events; --", "\"", "\\",
        "<script>", "{", "}", "[", "]", "\r\n", "\t", "\u0001", "\u007f", "__proto__", "$id",
        "draft", "usd", "UTC", "America/Chicago", "2099-01-01T00:00:00Z", "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z", "2099-01-01T00:00:00+23:59", "2099-01-01T24:00:00Z",
        "018f0000-0000-7000-8000-000000000000", "00000000-0000-0000-0000-000000000000",
        "{018f0000-0000-7000-8000-000000000000}", new('a', 300), new('\u00e9', 1000),
    ];

    /// <summary>Any text, including unpaired surrogates.</summary>
    public static Gen<string> Any { get; } = Gen.Frequency(
        (3, Gen.OneOf(Nasty)),
        (1, Gen.String[Gen.Char[' ', '~'], 0, 30]),
        (1, Gen.String[Gen.Char, 0, 10]),
        (1, Gen.Select(Gen.OneOf(Nasty), Gen.OneOf(Nasty), (left, right) => left + right)));

    /// <summary>Any text or bytes, percent-encoded.</summary>
    public static Gen<string> Escaped { get; } = Gen.Frequency(
        (3, Any.Select(text => Escape(Encoding.UTF8.GetBytes(text)))),
        (1, Gen.Byte.Array[0, 12].Select(Escape)),
        (1, Gen.String[Gen.Char["%0Aaf+;,:@!$*()'./~_-"], 0, 12]));

    /// <summary>Cursors: invalid, tampered with, and never issued.</summary>
    public static Gen<string> Cursor { get; } = Gen.Select(
        Gen.OneOf(Any, Gen.OneOf("2024-05-06T07:08:09.123456Z", "0001-01-01T00:00:00Z")),
        Gen.OneOf(Any, Gen.Guid.Select(id => id.ToString())),
        Gen.OneOf("", ",\"x\":1", ",\"id\":\"\""),
        (time, id, more) => Uri.EscapeDataString(Convert.ToBase64String(Encoding.UTF8.GetBytes(
            $"{{\"created_at\":{Quote(time)},\"id\":{Quote(id)}{more}}}"))));

    /// <summary>Any JSON value, nested up to a few levels.</summary>
    public static Gen<string> Json { get; } = JsonTo(depth: 3);

    /// <summary>A JSON string with the exact text, escaped where needed.</summary>
    public static string Quote(string text)
    {
        var json = new StringBuilder("\"");
        foreach (var character in text)
        {
            json.Append(character is >= ' ' and <= '~' and not ('"' or '\\')
                ? character.ToString()
                : $"\\u{(int)character:x4}");
        }

        return json.Append('"').ToString();
    }

    private static string Escape(byte[] bytes) => string.Concat(bytes.Select(value =>
        char.IsAsciiLetterOrDigit((char)value) || (char)value is '-' or '_' or '~'
            ? ((char)value).ToString()
            : $"%{value:X2}"));

    private static Gen<string> JsonTo(int depth)
    {
        var leaf = Gen.Frequency(
            (3, Any.Select(Quote)),
            (2, Gen.OneOf(
                "null", "true", "false", "0", "-0", "-1", "1", "2500", "2500.0", "1e2", "1E400",
                "2147483648", "9223372036854775807", "9223372036854775808", "-1e-400",
                new string('9', 500))),
            (1, Gen.OneOf("NaN", "01", "'a'", "\"\\x\"", "\"open", "/**/", "\u0001", "")));
        if (depth == 0)
            return leaf;
        var inner = JsonTo(depth - 1);
        var array = inner.Array[0, 4].Select(items => $"[{string.Join(',', items)}]");
        var pairs = Gen.Select(Any.Select(Quote), inner, (name, value) => $"{name}:{value}");
        var members = pairs.Array[0, 4].Select(list => $"{{{string.Join(',', list)}}}");
        return Gen.Frequency((4, leaf), (1, array), (2, members));
    }
}
