using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Equaticket.Schema.Webhooks;

/// <summary>
/// Makes signing secrets by the Standard Webhooks scheme, <c>whsec_</c> and base64 of 32 random bytes,
/// and keeps them encrypted.
/// </summary>
public sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private const string Prefix = "whsec_";
    private const int Length = 32;

    /// <summary>How long the secret before a rotation signs as well.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    private readonly IDataProtector _protector = protection.CreateProtector("webhook-secrets.v1");

    /// <returns>A new secret, as its owner sees it this once.</returns>
    public static string Create() =>
        Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length));

    /// <returns>Whether a text has the form of a secret.</returns>
    public static bool IsSecret(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal)
        && Convert.TryFromBase64String(text[Prefix.Length..], new byte[text.Length], out _);

    public byte[] Protect(string secret) => _protector.Protect(Encoding.ASCII.GetBytes(secret));

    /// <returns>The bytes that sign.</returns>
    public byte[] KeyOf(byte[] stored) => Convert.FromBase64String(
        Encoding.ASCII.GetString(_protector.Unprotect(stored))[Prefix.Length..]);
}
