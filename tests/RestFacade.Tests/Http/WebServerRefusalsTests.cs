namespace Equaticket.RestFacade.Tests.Http;

/// <summary>
/// What Kestrel refuses to read as HTTP never reaches our code: it is answered without a body and
/// without a request id. This is all of it that we know; anything else must have the envelope.
/// </summary>
public sealed class WebServerRefusalsTests : ApiTest
{
    public static TheoryData<string, int> Refused => new()
    {
        { "GET /api/v1/events/%00 HTTP/1.1\r\n", 400 },
        { "GET /api/v1/events/\u00e9 HTTP/1.1\r\n", 400 },
        { "GET /api/v1/events HTTP/1.1\r\nX-Request-Id: a\0b\r\n", 400 },
        { "GET /api/v1/events HTTP/1.1\r\nX Request Id: a\r\n", 400 },
        { "G\u00e9T /api/v1/events HTTP/1.1\r\n", 400 },
        { "GET /api/v1/events HTTP/9.9\r\n", 505 },
        { $"GET /api/v1/{new string('x', 9000)} HTTP/1.1\r\n", 414 },
        { $"GET /api/v1/events HTTP/1.1\r\nX-Long: {new string('x', 33_000)}\r\n", 431 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_no_HTTP_is_answered_by_the_web_server(string head, int status)
    {
        var answer = await RawHttp.SendAsync(Host.Address, head);
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Length: 0\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Request-Id", answer, StringComparison.OrdinalIgnoreCase);
    }
}
