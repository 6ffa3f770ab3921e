using System.Security.Cryptography;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Equaticket.Http;

/// <summary>A response that never changes while the process runs, with its <c>ETag</c>.</summary>
public sealed class StaticAnswer
{
    private const int TagLength = 32;

    private readonly Answer _answer;
    private readonly EntityTagHeaderValue _tag;

    /// <param name="contentType">Media type and charset.</param>
    /// <param name="body">The body.</param>
    public StaticAnswer(string contentType, byte[] body)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(body))[..TagLength];
        _tag = new EntityTagHeaderValue($"\"{hash}\"");
        _answer = new Answer(StatusCodes.Status200OK, contentType, body) { ETag = _tag.ToString() };
    }

    public Task SendAsync(HttpContext http) =>
        http.SendAsync(IsKnown(http.Request) ? _answer.NotModified() : _answer);

    /// <summary>Compares tags weakly, as RFC 9110, 13.1.2 requires for this header.</summary>
    private bool IsKnown(HttpRequest request) =>
        request.GetTypedHeaders().IfNoneMatch.Any(known =>
            known.Equals(EntityTagHeaderValue.Any) || known.Compare(_tag, useStrongComparison: false));
}
