using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Npgsql;

namespace Equaticket.Floor;

/// <summary>The end of a page.</summary>
internal readonly record struct Cursor(DateTime CreatedAt, Guid Id)
{
    public string Encode() => Convert.ToBase64String(Encoding.ASCII.GetBytes(
        $$"""{"created_at":"{{CreatedAt:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}}","id":"{{Id}}"}"""));

    /// <returns>Null if there is no text.</returns>
    public static Cursor? Decode(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        using var json = JsonDocument.Parse(Convert.FromBase64String(text));
        var root = json.RootElement;
        return new Cursor(
            root.GetProperty("created_at").GetDateTimeOffset().UtcDateTime, root.GetProperty("id").GetGuid());
    }
}

/// <summary>Writes JSON as the product does.</summary>
internal static class Writing
{
    private static readonly JsonWriterOptions Options = new()
    {
        SkipValidation = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Utf8JsonWriter Writer(IBufferWriter<byte> body) => new(body, Options);

    public static void WriteTime(this Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTime? time)
    {
        json.WritePropertyName(name);
        if (time is not { } value)
        {
            json.WriteNullValue();
            return;
        }

        Span<byte> text = stackalloc byte[26];
        text[0] = (byte)'"';
        value.TryFormat(text[1..], out var length, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        text[length + 1] = (byte)'"';
        json.WriteRawValue(text[..(length + 2)], skipInputValidation: true);
    }

    public static void WriteText(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is null)
            json.WriteNull(name);
        else
            json.WriteString(name, text);
    }

    public static void WriteOrderNumber(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long number)
    {
        Span<char> text = stackalloc char[24];
        "EQ-".CopyTo(text);
        number.TryFormat(text[3..], out var length, default, CultureInfo.InvariantCulture);
        json.WriteString(name, text[..(length + 3)]);
    }

    /// <summary>Writes the end of a list's envelope.</summary>
    public static void WriteEnd(this Utf8JsonWriter json, Cursor? next)
    {
        json.WriteEndArray();
        json.WriteBoolean("has_more"u8, next is not null);
        json.WriteText("next_cursor"u8, next?.Encode());
        json.WriteEndObject();
    }

    public static string? Text(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    public static int? Int(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetInt32(column);

    public static DateTime? Time(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetDateTime(column);
}
