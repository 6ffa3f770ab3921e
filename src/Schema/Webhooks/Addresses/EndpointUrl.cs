using Equaticket.Schema.Emails;

namespace Equaticket.Schema.Webhooks.Addresses;

/// <summary>The URL of an endpoint, parsed strictly so that no other parser sees a different host.</summary>
public static class EndpointUrl
{
    public const int MaxLength = 2_000;

    private const int MaxLabelLength = 63;
    private const int HttpsPort = 443;
    private const int FirstUnprivilegedPort = 1_024;

    private static readonly string[] LocalNames = ["localhost", "local", "internal"];

    /// <returns>The URL, or null with the error in <paramref name="fault"/>.</returns>
    public static Uri? Read(string text, EndpointRules rules, out string fault)
    {
        fault = "";
        if (SpellingFault(text) is { } spelling)
            fault = spelling;
        else if (!Uri.TryCreate(text, UriKind.Absolute, out var url))
            fault = "Use an absolute URL, such as https://example.com/hook.";
        else if (HostFault(url, text) is { } host)
            fault = host;
        else if (!rules.IsExempt(HostOf(url), url.Port) && PublicFault(url) is { } place)
            fault = place;
        else
            return url;
        return null;
    }

    /// <summary>The host to resolve, without a trailing dot or IPv6 brackets.</summary>
    public static string HostOf(Uri url) => url.IdnHost.TrimEnd('.');

    private static string? SpellingFault(string text)
    {
        if (text.Length > MaxLength)
            return $"With its host in ASCII, this must have at most {MaxLength} characters.";
        if (text.Any(character => character is <= ' ' or > '~' or '\\'))
            return "Use printable ASCII without spaces or backslashes; write other characters as %….";
        return text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
                ? null
                : "Use an https:// URL.";
    }

    private static string? HostFault(Uri url, string text)
    {
        var authority = text[(text.IndexOf("//", StringComparison.Ordinal) + 2)..].Split('/', '?', '#')[0];
        if (url.UserInfo.Length > 0 || authority.Contains('@', StringComparison.Ordinal))
            return "Remove the user name and password from the URL.";
        if (url.Fragment.Length > 0)
            return "Remove the fragment (#…) from the URL.";
        if (authority.Contains('%', StringComparison.Ordinal))
            return "Use a host without escapes or zones.";
        return IsName(HostOf(url)) && !IsUnreadNumber(url) ? null : "Use a host name.";
    }

    private static bool IsName(string host) => host.Length is > 0 and <= EmailAddress.MaxHostLength
        && host.Split('.').All(label => label.Length <= MaxLabelLength);

    /// <summary>Other parsers treat a name that ends in a number as an IP address.</summary>
    private static bool IsUnreadNumber(Uri url)
    {
        if (url.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6)
            return false;
        var last = HostOf(url).Split('.')[^1];
        return last.All(char.IsAsciiDigit)
            || (last.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
                && last[2..].All(char.IsAsciiHexDigit));
    }

    private static string? PublicFault(Uri url)
    {
        if (url.Scheme != Uri.UriSchemeHttps)
            return "Use an https:// URL.";
        if (url.Port is not HttpsPort and < FirstUnprivilegedPort)
            return "Use port 443, or 1024 and above.";
        var host = HostOf(url);
        return LocalNames.Any(name => host == name
            || host.EndsWith($".{name}", StringComparison.Ordinal))
                ? "Use a host that is reachable from the internet."
                : null;
    }
}
