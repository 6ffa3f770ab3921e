using System.Globalization;
using System.Security.Cryptography;

namespace Equaticket.Dashboard.Tests;

/// <summary>Computes codes like an authenticator app (RFC 6238).</summary>
internal static class AuthenticatorApp
{
    /// <param name="secret">The secret, in base 32.</param>
    /// <param name="steps">The offset from now, in steps of 30 seconds.</param>
    public static string Code(string secret, int steps = 0)
    {
        var bits = string.Concat(secret.Select(letter => Convert.ToString(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var key = bits.Chunk(8).Where(eight => eight.Length == 8).Select(eight => Convert.ToByte(new string(eight), 2));
        var counter = BitConverter.GetBytes(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30 + steps);
        Array.Reverse(counter);
        var hash = HMACSHA1.HashData(key.ToArray(), counter);
        var start = hash[^1] & 15;
        var number = (hash[start] & 127) << 24 | hash[start + 1] << 16 | hash[start + 2] << 8 | hash[start + 3];
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
