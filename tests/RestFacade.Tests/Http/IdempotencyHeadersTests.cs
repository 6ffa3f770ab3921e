namespace Equaticket.RestFacade.Tests.Http;

public sealed class IdempotencyHeadersTests : ApiTest
{
    [Fact]
    public async Task Two_headers_are_refused()
    {
        var answer = await RawHttp.SendAsync(
            Host.Address,
            "POST /api/v1/events HTTP/1.1\r\n"
            + $"Authorization: Bearer {Org.Live.Secret}\r\n"
            + "Idempotency-Key: one\r\nIdempotency-Key: two\r\nContent-Length: 0\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"param\":\"Idempotency-Key\"", answer, StringComparison.Ordinal);
    }
}
