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
