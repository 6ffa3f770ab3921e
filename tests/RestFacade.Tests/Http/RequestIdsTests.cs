namespace Equaticket.RestFacade.Tests.Http;

public sealed class RequestIdsTests : ApiTest
{
    private const string Header = "X-Request-Id";
    private const string Made = "^req_[0-9A-Za-z]{24}$";

    public static TheoryData<string> Allowed =>
        ["a", "req_mine", "order 66 / (x)", "!~", new string('x', 128)];

    public static TheoryData<string> Refused =>
        ["", new string('x', 129), "é", "tab\tinside", "bell\u0007", "del\u007f"];

    [Theory]
    [MemberData(nameof(Allowed))]
    public async Task The_callers_id_is_echoed_in_header_and_body(string id)
    {
        Assert.Equal(id, (await SendAsync("/api/v1/events", id)).Header(Header));
        var error = await SendAsync("/api/v1/nowhere", id);
        Assert.Equal(id, error.Header(Header));
        error.AssertRefused("not_found");
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task An_invalid_id_is_replaced(string id)
    {
        Assert.Matches(Made, (await SendAsync("/api/v1/events", id)).Header(Header));
        var error = await SendAsync("/api/v1/nowhere", id);
        Assert.Matches(Made, error.Header(Header));
        error.AssertRefused("not_found");
    }

    [Fact]
    public async Task Two_headers_are_replaced_by_one()
    {
        var answer = await RawHttp.SendAsync(
            Host.Address, $"GET /api/v1/events HTTP/1.1\r\n{Header}: one\r\n{Header}: two\r\n");
        Assert.Matches($"(?i)\r\n{Header}: req_[0-9A-Za-z]{{24}}\r\n", answer);
    }

    [Fact]
    public async Task Each_request_gets_a_unique_id()
    {
        var ids = new HashSet<string?>();
        for (var i = 0; i < 10; i++)
            Assert.True(ids.Add((await Org.Live.GetAsync("/api/v1/events")).Header(Header)));
    }

    [Fact]
    public async Task Every_kind_of_response_has_an_id()
    {
        var id = await Org.Live.CreateEventAsync();
        var ticketType = await Org.Live.CreateTicketTypeAsync(id);
        ApiResponse[] answers =
        [
            await Org.Live.DeleteAsync($"/api/v1/events/{id}/ticket-types/{ticketType}"),
            await Org.Live.DeleteAsync("/api/v1/events"),
            await Org.Live.PostAsync("/api/v1/events", "{"),
            await ApiResponse.SendAsync(Host.Http, HttpMethod.Get, "/api/v1/events", null, null),
            await ApiResponse.SendAsync(Host.Http, HttpMethod.Get, "/", null, null),
            await ApiResponse.SendAsync(Host.Http, HttpMethod.Head, "/api/v1/events", null, null),
        ];
        Assert.All(answers, answer => Assert.Matches(Made, answer.Header(Header)));
    }

    private Task<ApiResponse> SendAsync(string path, string id) =>
        Org.Live.SendAsync(HttpMethod.Get, path, null, (Header, id));
}
