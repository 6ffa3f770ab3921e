using System.Text;
using System.Text.Json;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;

namespace Equaticket.Engine.Paging;

/// <summary>
/// The creation time and id of a row where a page ends (public API guide, "Pagination"). REST and GraphQL
/// share the encoding: base64 of a JSON object with <c>created_at</c> and <c>id</c>.
/// </summary>
/// <remarks>The time has microseconds; at lower precision, rows of the same millisecond would be skipped.</remarks>
public readonly record struct Cursor(DateTimeOffset CreatedAt, Guid Id)
{
    /// <summary>The <c>@format</c> of cursor arguments. Resolvers receive the decoded cursor.</summary>
    public static readonly TextFormat Format = new("cursor", _ => null)
    {
        Decode = text => TryDecode(text, out var cursor)
            ? cursor
            : throw new InvalidInputException("This cursor is invalid. Pass one from an earlier page, unchanged."),
    };

    private const int MaxLength = 256;

    private static readonly JsonDocumentOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        MaxDepth = 2,
    };

    public static bool TryDecode(string text, out Cursor cursor)
    {
        cursor = default;
        var bytes = new byte[MaxLength];
        // The decoder would skip whitespace, but clients must return cursors unchanged.
        if (text.Length > MaxLength || text.Any(char.IsWhiteSpace)
            || !Convert.TryFromBase64String(text, bytes, out var length))
            return false;
        try
        {
            using var json = JsonDocument.Parse(bytes.AsMemory(0, length), Strict);
            return TryRead(json.RootElement, out cursor);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    public string Encode() => Convert.ToBase64String(Encoding.ASCII.GetBytes(
        $$"""{"created_at":"{{Rfc3339.WriteMicroseconds(CreatedAt)}}","id":"{{Id}}"}"""));

    private static bool TryRead(JsonElement json, out Cursor cursor)
    {
        cursor = default;
        if (json.ValueKind != JsonValueKind.Object || json.EnumerateObject().Count() != 2
            || !json.TryGetProperty("created_at", out var time) || !time.TryGetText(out var timeText)
            || !json.TryGetProperty("id", out var id) || !id.TryGetText(out var idText))
            return false;
        if (!Rfc3339.TryRead(timeText, out var createdAt) || !Guid.TryParseExact(idText, "D", out var guid))
            return false;
        cursor = new Cursor(createdAt, guid);
        return true;
    }
}

file static class JsonText
{
    public static bool TryGetText(this JsonElement element, out string text)
    {
        text = element.ValueKind == JsonValueKind.String ? element.GetString()! : "";
        return text.Length > 0;
    }
}
