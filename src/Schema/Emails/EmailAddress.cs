using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;

namespace Equaticket.Schema.Emails;

/// <summary>An address that any mail server can be asked to send to (RFC 5321, 4.1.2).</summary>
/// <param name="Local">The part before the <c>@</c>, without quotes.</param>
/// <param name="Host">In ASCII: an international name is kept as <c>xn--</c>.</param>
/// <remarks>
/// Local parts beyond ASCII need SMTPUTF8 on every server on the way, so they are not taken.
/// </remarks>
public sealed partial record EmailAddress(string Local, string Host)
{
    /// <summary>The most characters of an address (RFC 5321, 4.5.3.1.3, without the brackets).</summary>
    public const int MaxLength = 254;

    private const int MaxLocalLength = 64; // RFC 5321, 4.5.3.1.1.
    private const int MaxHostLength = 253;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>Whether servers elsewhere can find the host.</summary>
    public bool IsPublic => Host.Contains('.', StringComparison.Ordinal);

    /// <summary>The address as mail servers and headers take it.</summary>
    public string OnWire => $"{LocalOnWire}@{Host}";

    /// <summary>Dots at an end or in a row, as some carriers give them out, stand only in quotes.</summary>
    private string LocalOnWire =>
        Local.StartsWith('.') || Local.EndsWith('.') || Local.Contains("..", StringComparison.Ordinal)
            ? $"\"{Local}\""
            : Local;

    /// <returns>The address, or null when mail cannot be sent to the text.</returns>
    public static EmailAddress? Read(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0 || text.Length > MaxLength || !LocalPattern().IsMatch(text[..at])
            || AsciiHost(text[(at + 1)..]) is not { } host)
            return null;
        var address = new EmailAddress(text[..at], host);
        return address.LocalOnWire.Length <= MaxLocalLength && address.OnWire.Length <= MaxLength
            ? address
            : null;
    }

    /// <summary>The address for a header, with the name of its owner.</summary>
    public MailboxAddress Mailbox(string name) => new(name, OnWire);

    private static string? AsciiHost(string text)
    {
        if (!text.EnumerateRunes().All(IsOfHost))
            return null;
        try
        {
            var host = text.All(char.IsAscii) ? text : Idn.GetAscii(text.ToLowerInvariant());
            return host.Length <= MaxHostLength && HostPattern().IsMatch(host) ? host : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Letters, digits and their marks (RFC 5892, 2.1); the pattern judges what is ASCII.</summary>
    private static bool IsOfHost(Rune rune) => rune.IsAscii || Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    [GeneratedRegex(
        @"\A[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex LocalPattern();

    // The last label begins with a letter, so that no IPv4 address is taken for a name.
    [GeneratedRegex(
        @"\A([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex HostPattern();
}
