namespace Equaticket.RestFacade.Tests.Http;

/// <summary>
/// Requests that Kestrel can't parse as HTTP never reach the product's code, so the response has no body and no request
/// id. These are all known cases; every other response must have the envelope.
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
        { $"GET /{new string('x', 8193 - "GET / HTTP/1.1\r\n".Length)} HTTP/1.1\r\n", 414 },
        { $"GET /api/v1/events HTTP/1.1\r\nX-Long: {new string('x', 33_000)}\r\n", 431 },
    };

    [Fact]
    public async Task A_request_line_of_8192_bytes_is_read()
    {
        var longest = $"/{new string('x', 8192 - "GET / HTTP/1.1\r\n".Length)}";
        var answer = await RawHttp.SendAsync(Host.Address, $"GET {longest} HTTP/1.1\r\n");
        Assert.StartsWith("HTTP/1.1 404 ", answer, StringComparison.Ordinal);
        Assert.Contains("not_found", answer, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Invalid_HTTP_gets_a_response_from_the_web_server(string head, int status)
    {
        var answer = await RawHttp.SendAsync(Host.Address, head);
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Length: 0\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Request-Id", answer, StringComparison.OrdinalIgnoreCase);
    }
}
