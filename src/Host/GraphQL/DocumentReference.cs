using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Equaticket.Engine.Errors;

namespace Equaticket.Host.GraphQL;

/// <summary>Names a document by the SHA-256 of its text, in place of the text or beside it.</summary>
/// <param name="Hash">64 hexadecimal digits in lower case.</param>
/// <param name="IsAutomatic">
/// Whether it came as Apollo's clients send it, who send the text too when they are told that the
/// hash is unknown.
/// </param>
internal sealed record DocumentReference(string Hash, bool IsAutomatic)
{
    public const string Field = "documentId";

    private const string Prefix = "sha256:";
    private const string Extension = "persistedQuery";
    private const string ExtensionPath = $"extensions.{Extension}";
    private const string HashMember = "sha256Hash";
    private const string Version = "1";

    /// <summary>What errors blame.</summary>
    public string Param => IsAutomatic ? $"{ExtensionPath}.{HashMember}" : Field;

    public static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static bool IsHash(string text) =>
        text.Length == 64 && text.All(digit => char.IsAsciiDigit(digit) || digit is >= 'a' and <= 'f');

    /// <summary>What an id holds beside the name of the algorithm, which may stand before it.</summary>
    public static string HashIn(string id) =>
        id.StartsWith(Prefix, StringComparison.Ordinal) ? id[Prefix.Length..] : id;

    /// <exception cref="ApiError">The id is no SHA-256.</exception>
    public static DocumentReference FromId(string id) => Of(HashIn(id), isAutomatic: false);

    /// <returns>What the extension names; null when it is not there.</returns>
    /// <exception cref="ApiError">The extension is malformed, or of a version that we don't know.</exception>
    public static DocumentReference? FromExtensions(JsonElement extensions)
    {
        if (!extensions.TryGetProperty(Extension, out var given))
            return null;
        if (given.ValueKind != JsonValueKind.Object
            || !given.TryGetProperty("version", out var version)
            || version.GetRawText() != Version)
            throw ApiError.Validation(ExtensionPath, $"This must be an object with version {Version}.");
        return given.TryGetProperty(HashMember, out var hash) && hash.ValueKind == JsonValueKind.String
            ? Of(hash.GetString()!, isAutomatic: true)
            : throw ApiError.Validation($"{ExtensionPath}.{HashMember}", "This is required.");
    }

    private static DocumentReference Of(string hash, bool isAutomatic)
    {
        var reference = new DocumentReference(hash.ToLowerInvariant(), isAutomatic);
        return IsHash(reference.Hash)
            ? reference
            : throw ApiError.Validation(
                reference.Param, "This must be the SHA-256 of the document's text, in 64 hexadecimal digits.");
    }
}
