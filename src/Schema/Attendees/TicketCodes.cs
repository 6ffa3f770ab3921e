using System.Security.Cryptography;

namespace Equaticket.Schema.Attendees;

/// <summary>Generates the codes that are printed on tickets and read out at the door.</summary>
internal static class TicketCodes
{
    public const int Length = 8;

    /// <summary>Excludes 0, O, 1 and I, which are easily confused.</summary>
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <returns>One of 2^40 codes. The database ensures that codes are unique.</returns>
    public static string Draw() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <param name="text">A code as users type it, in upper or lower case.</param>
    public static string Read(string text) => text.ToUpperInvariant();
}
