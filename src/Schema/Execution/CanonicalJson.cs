using System.Buffers;
using System.Text;
using System.Text.Json;
using Equaticket.Engine.Execution;

namespace Equaticket.Schema.Execution;

/// <summary>
/// JSON in the canonical form of RFC 8785, so that two bodies that say the same compare as equal.
/// </summary>
public static class CanonicalJson
{
    /// <returns>The canonical text; empty for a body that is not there.</returns>
    public static string Write(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Undefined)
            return "";
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, ResultJson.Options))
            Write(writer, json);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in json.EnumerateObject()
                    .OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in json.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(Number(json), skipInputValidation: true);
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }

    /// <remarks>
    /// RFC 8785 compares numbers as doubles, and writes -0 as 0. One that no double holds exactly is
    /// compared as it was written, so that two different amounts never count as the same.
    /// </remarks>
    private static string Number(JsonElement json)
    {
        const double exact = 1L << 53;
        var number = json.GetDouble();
        return number == 0 ? "0" : Math.Abs(number) < exact ? number.ToString("R") : json.GetRawText();
    }
}
