using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Equaticket.Schema.Webhooks;

/// <summary>
/// Creates and encrypts signing secrets in the Standard Webhooks format: <c>whsec_</c> followed by 32 random bytes in
/// base64.
/// </summary>
public sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private const string Prefix = "whsec_";
    private const int Length = 32;

    /// <summary>How long messages are also signed with the previous secret after a rotation.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    private readonly IDataProtector _protector = protection.CreateProtector("webhook-secrets.v1");

    /// <returns>A new secret in plain text, which is shown only once.</returns>
    public static string Create() =>
        Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length));

    /// <returns>Whether a text is a well-formed secret.</returns>
    public static bool IsSecret(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal)
        && Convert.TryFromBase64String(text[Prefix.Length..], new byte[text.Length], out _);

    public byte[] Protect(string secret) => _protector.Protect(Encoding.ASCII.GetBytes(secret));

    /// <returns>The signing key.</returns>
    public byte[] KeyOf(byte[] stored) => KeyOf(Encoding.ASCII.GetString(_protector.Unprotect(stored)));

    /// <returns>The signing key.</returns>
    public static byte[] KeyOf(string secret) => Convert.FromBase64String(secret[Prefix.Length..]);
}
