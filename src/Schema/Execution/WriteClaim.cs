using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;

namespace Equaticket.Schema.Execution;

/// <summary>
/// A claim that a write takes effect only once, no matter how often it is sent (guide, "Idempotency").
/// </summary>
/// <param name="Key">The caller's key.</param>
/// <param name="RequestHash">SHA-256 of everything that must be identical in a retry.</param>
public sealed record WriteClaim(string Key, byte[] RequestHash)
{
    /// <summary>The header that carries the key, and the parameter name in errors about it.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The maximum length of a key, in characters.</summary>
    public const int MaxLength = 256;

    /// <summary>SHA-256 of the key, which identifies the record within its organization and mode.</summary>
    public byte[] KeyHash { get; private init; } = SHA256.HashData(Encoding.UTF8.GetBytes(Key));

    /// <param name="keys">The values of the header.</param>
    /// <param name="isShared">
    /// Whether callers without an API key share one key namespace, as the buyers of an event do. A key must then be
    /// hard to guess.
    /// </param>
    /// <returns>The key, or null if none was sent.</returns>
    /// <exception cref="ApiError">
    /// The key is empty or too long, there are several, or a shared key is not a UUID.
    /// </exception>
    public static string? ReadKey(IReadOnlyList<string?> keys, bool isShared = false)
    {
        if (keys.Count == 0)
            return null;
        if (keys is not [{ Length: >= 1 and <= MaxLength } key] || string.IsNullOrWhiteSpace(key))
        {
            throw ApiError.Validation(
                Header, $"Send one key of 1 to {MaxLength} characters, such as a UUID.");
        }

        return !isShared || Guid.TryParseExact(key, "D", out _)
            ? key
            : throw ApiError.Validation(Header, "Without an API key this must be a UUID.");
    }

    /// <param name="key">The caller's key.</param>
    /// <param name="request">The request, in parts that are hashed separately.</param>
    public static WriteClaim Of(string key, params ReadOnlySpan<string> request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in request)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part));
            hash.AppendData([0xFF]); // Never occurs in UTF-8, so it delimits the parts.
        }

        return new WriteClaim(key, hash.GetHashAndReset());
    }

    /// <summary>The claim of a buyer, who has no API key: it applies to one event.</summary>
    public WriteClaim AtEvent(Guid eventId) =>
        this with { KeyHash = SHA256.HashData(Encoding.UTF8.GetBytes($"{eventId}/{Key}")) };
}

/// <summary>JSON in the canonical form of RFC 8785, so that equivalent bodies compare as equal.</summary>
public static class CanonicalJson
{
    /// <returns>The canonical text; empty if there is no body.</returns>
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
    /// RFC 8785 compares numbers as doubles and writes -0 as 0. A number that a double can't represent exactly is
    /// compared as written, so that two different amounts never count as equal.
    /// </remarks>
    private static string Number(JsonElement json)
    {
        const double exact = 1L << 53;
        var number = json.GetDouble();
        return number == 0 ? "0" : Math.Abs(number) < exact ? number.ToString("R") : json.GetRawText();
    }
}
