using Microsoft.AspNetCore.Http;

namespace Equaticket.Http;

/// <summary>The entity tags of <c>If-None-Match</c>.</summary>
public static class KnownTags
{
    /// <summary>Whether the caller already has a representation, by weak comparison (RFC 9110, 13.1.2).</summary>
    /// <param name="request">The request.</param>
    /// <param name="tag">A strong tag without a comma.</param>
    /// <remarks>ASP.NET's parser throws on a list that ends in <c>W/</c> and white space.</remarks>
    public static bool Contain(HttpRequest request, string tag) => request.Headers.IfNoneMatch
        .SelectMany(line => (line ?? "").Split(',', StringSplitOptions.TrimEntries))
        .Any(known => known == "*" || known == tag
            || (known.StartsWith("W/", StringComparison.Ordinal) && known.AsSpan(2).SequenceEqual(tag)));
}
