using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;

namespace Equaticket.Schema.Emails;

/// <summary>An email address that any mail server accepts (RFC 5321, 4.1.2).</summary>
/// <param name="Local">The part before the <c>@</c>, without quotes.</param>
/// <param name="Host">In ASCII; internationalized names are in their <c>xn--</c> form.</param>
/// <remarks>
/// Local parts beyond ASCII require SMTPUTF8 on every server along the way, so they are not accepted.
/// </remarks>
public sealed partial record EmailAddress(string Local, string Host)
{
    /// <summary>The maximum length of an address (RFC 5321, 4.5.3.1.3, without the brackets).</summary>
    public const int MaxLength = 254;

    /// <summary>The maximum length of the name of a host.</summary>
    internal const int MaxHostLength = 253;

    private const int MaxLocalLength = 64; // RFC 5321, 4.5.3.1.1.

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>Whether other servers can resolve the host.</summary>
    public bool IsPublic => Host.Contains('.', StringComparison.Ordinal);

    /// <summary>The address in the form for mail servers and headers.</summary>
    public string OnWire => $"{LocalOnWire}@{Host}";

    /// <summary>Leading, trailing, or consecutive dots require quotes; some carriers assign such addresses.</summary>
    private string LocalOnWire =>
        Local.StartsWith('.') || Local.EndsWith('.') || Local.Contains("..", StringComparison.Ordinal)
            ? $"\"{Local}\""
            : Local;

    /// <returns>The address, or null if mail can't be sent to the text.</returns>
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

    /// <exception cref="EmailRefusedException">Mail can't be sent to the text.</exception>
    internal static EmailAddress Require(string text) =>
        Read(text) ?? throw new EmailRefusedException("mail cannot be sent to the address");

    /// <summary>The address for a header, with its owner's name.</summary>
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

    /// <summary>Letters, digits, and their marks (RFC 5892, 2.1). ASCII is checked by the pattern.</summary>
    private static bool IsOfHost(Rune rune) => rune.IsAscii || Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    [GeneratedRegex(
        @"\A[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex LocalPattern();

    // The last label starts with a letter, so that an IPv4 address is not mistaken for a name.
    [GeneratedRegex(
        @"\A([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex HostPattern();
}
