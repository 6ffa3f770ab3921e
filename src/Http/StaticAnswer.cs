using System.Security.Cryptography;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;

namespace Equaticket.Http;

/// <summary>A response that never changes while the process runs, with its <c>ETag</c>.</summary>
public sealed class StaticAnswer
{
    private const int TagLength = 32;

    private readonly Answer _answer;
    private readonly string _tag;

    /// <param name="contentType">Media type and charset.</param>
    /// <param name="body">The body.</param>
    public StaticAnswer(string contentType, byte[] body)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(body))[..TagLength];
        _tag = $"\"{hash}\"";
        _answer = new Answer(StatusCodes.Status200OK, contentType, body) { ETag = _tag };
    }

    public Task SendAsync(HttpContext http) =>
        http.SendAsync(KnownTags.Contain(http.Request, _tag) ? _answer.NotModified() : _answer);
}

/// <summary>The entity tags of <c>If-None-Match</c>.</summary>
public static class KnownTags
{
    /// <summary>Whether the caller already has a representation, by weak comparison (RFC 9110, 13.1.2).</summary>
    /// <param name="request">The request.</param>
    /// <param name="tag">A strong tag without a comma.</param>
    /// <remarks>ASP.NET's parser throws on a list that ends in <c>W/</c> and whitespace.</remarks>
    public static bool Contain(HttpRequest request, string tag) => request.Headers.IfNoneMatch
        .SelectMany(line => (line ?? "").Split(',', StringSplitOptions.TrimEntries))
        .Any(known => known == "*" || known == tag
            || (known.StartsWith("W/", StringComparison.Ordinal) && known.AsSpan(2).SequenceEqual(tag)));
}
