using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Equaticket.Engine.Errors;

namespace Equaticket.Host.GraphQL;

/// <summary>Identifies a document by the SHA-256 of its text, instead of or in addition to the text.</summary>
/// <param name="Hash">64 lowercase hexadecimal digits.</param>
/// <param name="IsAutomatic">
/// Whether it has the format of Apollo's clients, which send the text as well if the
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

    /// <summary>The parameter to name in errors.</summary>
    public string Param => IsAutomatic ? $"{ExtensionPath}.{HashMember}" : Field;

    public static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static bool IsHash(string text) =>
        text.Length == 64 && text.All(digit => char.IsAsciiDigit(digit) || digit is >= 'a' and <= 'f');

    /// <summary>The hash in an id, which may have the name of the algorithm as a prefix.</summary>
    public static string HashIn(string id) =>
        id.StartsWith(Prefix, StringComparison.Ordinal) ? id[Prefix.Length..] : id;

    /// <exception cref="ApiError">The id is not a SHA-256 hash.</exception>
    public static DocumentReference FromId(string id) => Of(HashIn(id), isAutomatic: false);

    /// <returns>The reference in the extensions; null if there is none.</returns>
    /// <exception cref="ApiError">The extension is malformed, or its version is not supported.</exception>
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

/// <summary>A document as sent.</summary>
/// <param name="Hash">The SHA-256 of the UTF-8 text, in lowercase hexadecimal digits.</param>
/// <param name="Text">The GraphQL text.</param>
internal sealed record DocumentText(string Hash, string Text)
{
    public static DocumentText Of(string text) => new(DocumentReference.HashOf(text), text);
}
