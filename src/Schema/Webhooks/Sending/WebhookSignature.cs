using System.Security.Cryptography;
using System.Text;

namespace Equaticket.Schema.Webhooks.Sending;

/// <summary>Signs messages with the Standard Webhooks scheme (symmetric, <c>v1</c>).</summary>
public static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    /// <param name="messageId">The value of <c>webhook-id</c>.</param>
    /// <param name="timestamp">The Unix time in seconds, which is the value of <c>webhook-timestamp</c>.</param>
    /// <param name="body">The bytes to send.</param>
    /// <param name="keys">All active secrets.</param>
    /// <returns>The value of <c>webhook-signature</c>: one signature for each key.</returns>
    public static string Of(
        string messageId, long timestamp, ReadOnlySpan<byte> body, IEnumerable<byte[]> keys)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{messageId}.{timestamp}."), .. body];
        return string.Join(' ', keys.Select(key =>
            $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}"));
    }
}
