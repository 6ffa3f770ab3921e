using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Equaticket.RestFacade.Binding;

/// <summary>
/// Strong entity tags (RFC 9110, 8.8.3): the version of a resource and a hash of its representation.
/// Readers compare both; writers compare only the version, which sales do not increment.
/// </summary>
public static partial class EntityTags
{
    /// <summary>The variable of an operation that receives the versions of <c>If-Match</c>.</summary>
    public const string Variable = "_if_match";

    private const int HashLength = 16;

    /// <param name="body">The representation of the resource.</param>
    /// <param name="version">The resource's version; null if it has none, as for lists.</param>
    public static string Of(ReadOnlySpan<byte> body, int? version)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(body))[..HashLength];
        return version is null ? $"\"{hash}\"" : $"\"{version}-{hash}\"";
    }

    /// <returns>
    /// The versions that the caller accepts (<c>If-Match</c>); null for any. Tags in another format
    /// match no version, so they are dropped.
    /// </returns>
    public static List<object?>? ExpectedVersions(HttpRequest request)
    {
        var given = request.Headers.IfMatch;
        if (given.Count == 0 || given is ["*"])
            return null;
        return [.. Tags(given).Select(Version).OfType<object>()];
    }

    /// <returns>Whether <c>If-Match</c> contains a weak tag, which never matches (RFC 9110, 13.1.1).</returns>
    public static bool ExpectsWeak(HttpRequest request) =>
        Tags(request.Headers.IfMatch).Any(tag => tag.StartsWith("W/", StringComparison.Ordinal));

    private static IEnumerable<string> Tags(StringValues lines) =>
        lines.SelectMany(line => (line ?? "").Split(',', StringSplitOptions.TrimEntries));

    private static int? Version(string tag) =>
        Tag().Match(tag) is { Success: true } match
        && int.TryParse(
            match.Groups["version"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture,
            out var version)
            ? version
            : null;

    [GeneratedRegex(
        "^\"(?<version>[0-9]+)-[0-9a-f]{16}\"$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();
}
