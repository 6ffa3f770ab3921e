using System.Buffers.Text;
using System.Text;

namespace Equaticket.Schema.CheckIns;

/// <summary>
/// The text of a ticket's QR code: <c>EQ1.KEY.EVENT.TICKET.SIGNATURE</c>, each part in base64url without padding.
/// Key, event, and ticket are ids: 16 bytes in the order of a UUID's text form. The signature is ECDSA P-256 with
/// SHA-256 over all text before its dot: 64 bytes (r and s).
/// </summary>
/// <param name="KeyId">The id of the signing key.</param>
/// <param name="EventId">The event.</param>
/// <param name="TicketId">The ticket.</param>
internal readonly record struct QrText(Guid KeyId, Guid EventId, Guid TicketId)
{
    public const int SignatureLength = 64;

    private const string Version = "EQ1";
    private const int MaxLength = 200;
    private const int Parts = 5;
    private const int IdLength = 16;

    /// <returns>Whether a text has the first part of a QR text, which no ticket code has.</returns>
    public static bool IsOne(string text) => text.StartsWith($"{Version}.", StringComparison.Ordinal);

    /// <returns>The signed text: everything before the signature's dot.</returns>
    public string Unsigned() => string.Join(
        '.', Version, Encode(KeyId), Encode(EventId), Encode(TicketId));

    /// <returns>The whole text.</returns>
    public string Sign(Func<byte[], byte[]> sign)
    {
        var unsigned = Unsigned();
        return $"{unsigned}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(unsigned)))}";
    }

    /// <summary>Parses a QR text without verifying the signature.</summary>
    /// <returns>The content and the signature; null if the text has another format.</returns>
    public static (QrText Text, byte[] Signature)? Read(string text)
    {
        var parts = text.Length <= MaxLength ? text.Split('.') : [];
        if (parts.Length != Parts || parts[0] != Version || Decode(parts[4]) is not
            { Length: SignatureLength } signature)
            return null;
        return (Id(parts[1]), Id(parts[2]), Id(parts[3])) is ({ } key, { } occasion, { } ticket)
            ? (new QrText(key, occasion, ticket), signature)
            : null;
    }

    /// <summary>An id as encoded in the text; also the <c>kid</c> of a key.</summary>
    public static string Encode(Guid id) => Base64Url.EncodeToString(id.ToByteArray(bigEndian: true));

    private static Guid? Id(string part) =>
        Decode(part) is { Length: IdLength } bytes ? new Guid(bytes, bigEndian: true) : null;

    /// <remarks>The decoder would skip whitespace and padding: only what it would write itself is accepted.</remarks>
    private static byte[]? Decode(string part) =>
        Base64Url.IsValid(part) && Base64Url.DecodeFromChars(part) is var bytes
        && Base64Url.EncodeToString(bytes) == part
            ? bytes
            : null;
}
