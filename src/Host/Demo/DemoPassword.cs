using System.Security.Cryptography;

namespace Equaticket.Host.Demo;

internal static class DemoPassword
{
    // Without easily confused characters.
    private const string Characters = "abcdefghijkmnpqrstuvwxyz23456789";

    public static string Create() => RandomNumberGenerator.GetString(Characters, 16);
}
