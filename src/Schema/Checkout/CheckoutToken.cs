using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Equaticket.Schema.Checkout;

/// <summary>
/// A buyer's token to follow or cancel a checkout: 256 random bits, of which only the hash is stored.
/// </summary>
public static class CheckoutToken
{
    public static string Create() =>
        $"chk_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
