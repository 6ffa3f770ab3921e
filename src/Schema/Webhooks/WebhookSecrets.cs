using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Equaticket.Schema.Webhooks;

/// <summary>
/// Creates signing secrets by the Standard Webhooks scheme, <c>whsec_</c> and base64 of 32 random bytes,
/// and encrypts them.
/// </summary>
public sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private const string Prefix = "whsec_";
    private const int Length = 32;

    /// <summary>How long the previous secret keeps signing after a rotation.</summary>
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
    public byte[] KeyOf(byte[] stored) => Convert.FromBase64String(
        Encoding.ASCII.GetString(_protector.Unprotect(stored))[Prefix.Length..]);
}
