using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace Equaticket.Schema.ApiKeys;

/// <summary>
/// The text of an API key: <c>sk_live_</c> or <c>sk_test_</c>, 32 random base-62 characters, and the CRC-32 of all
/// that as 6 base-62 characters.
/// </summary>
/// <remarks>
/// The checksum lets secret scanners recognize a leaked key, and lets the API refuse a mistyped one without a
/// lookup.
/// </remarks>
public sealed class ApiKeySecret
{
    public const string LivePrefix = "sk_live_";
    public const string TestPrefix = "sk_test_";

    private const int PrefixLength = 8;
    private const int RandomLength = 32;
    private const int ChecksumLength = 6;

    private ApiKeySecret(string text) => Text = text;

    /// <summary>The whole key. Shown once, never stored or logged.</summary>
    public string Text { get; }

    public string Prefix => Text[..PrefixLength];

    public string LastFour => Text[^4..];

    public bool Livemode => Prefix == LivePrefix;

    /// <summary>SHA-256 of the text, used to look up the key.</summary>
    public byte[] Hash => SHA256.HashData(Encoding.ASCII.GetBytes(Text));

    public static ApiKeySecret Create(bool livemode)
    {
        var body = (livemode ? LivePrefix : TestPrefix)
            + RandomNumberGenerator.GetString(Base62.Digits, RandomLength);
        return new ApiKeySecret(body + Checksum(body));
    }

    /// <returns>False for anything that cannot be a valid key.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out ApiKeySecret? secret)
    {
        secret = IsWellFormed(text) ? new ApiKeySecret(text) : null;
        return secret is not null;
    }

    private static bool IsWellFormed(string text) =>
        text.Length == PrefixLength + RandomLength + ChecksumLength
        && (text.StartsWith(LivePrefix, StringComparison.Ordinal)
            || text.StartsWith(TestPrefix, StringComparison.Ordinal))
        && text.Skip(PrefixLength).All(char.IsAsciiLetterOrDigit)
        && text.EndsWith(Checksum(text[..^ChecksumLength]), StringComparison.Ordinal);

    private static string Checksum(string body)
    {
        Span<char> digits = stackalloc char[ChecksumLength];
        Base62.Write(Crc32.HashToUInt32(Encoding.ASCII.GetBytes(body)), digits);
        return new string(digits);
    }
}
