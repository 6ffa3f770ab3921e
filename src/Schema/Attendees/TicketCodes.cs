using System.Security.Cryptography;

namespace Equaticket.Schema.Attendees;

/// <summary>Draws the codes that are printed on tickets and read out at doors.</summary>
internal static class TicketCodes
{
    public const int Length = 8;

    /// <summary>Without 0, O, 1 and I, which are taken for each other.</summary>
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <returns>One of 2^40. That two tickets never share one is the database's to see to.</returns>
    public static string Draw() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <param name="text">A code as people write it, in either letter case.</param>
    public static string Read(string text) => text.ToUpperInvariant();
}
