using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Equaticket.Schema.Team;

/// <summary>Authenticator app codes: RFC 6238 with SHA-1, 6 digits and 30 seconds, which every app supports.</summary>
internal static class TotpCodes
{
    private const int SecretLength = 20;
    private const int StepSeconds = 30;
    private const int Modulus = 1_000_000;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretLength);

    /// <returns>
    /// The code's time step: the current one or, since clocks differ, the one before or after;
    /// null if the code matches none.
    /// </returns>
    public static long? StepOf(byte[] secret, string code, DateTimeOffset now)
    {
        var current = now.ToUnixTimeSeconds() / StepSeconds;
        var given = Encoding.ASCII.GetBytes(code);
        long? found = null;
        for (var step = current - 1; step <= current + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(Code(secret, step))))
                found = step;
        }

        return found;
    }

    public static string Code(byte[] secret, DateTimeOffset now) =>
        Code(secret, now.ToUnixTimeSeconds() / StepSeconds);

    /// <summary>The content of the setup QR code (an <c>otpauth</c> URI).</summary>
    public static string Address(byte[] secret, string email) =>
        $"otpauth://totp/Equaticket:{Uri.EscapeDataString(email)}?secret={Text(secret)}&issuer=Equaticket";

    /// <summary>The secret for manual entry, in base 32.</summary>
    public static string Text(byte[] secret)
    {
        var text = new StringBuilder();
        for (var bit = 0; bit < secret.Length * 8; bit += 5)
        {
            var (index, offset) = (bit / 8, bit % 8);
            var pair = secret[index] << 8 | (index + 1 < secret.Length ? secret[index + 1] : 0);
            text.Append(Base32[pair >> 11 - offset & 31]);
        }

        return text.ToString();
    }

    private static string Code(byte[] secret, long step)
    {
        var counter = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        var hash = HMACSHA1.HashData(secret, counter);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % Modulus).ToString("D6", CultureInfo.InvariantCulture);
    }
}
