using Equaticket.Persistence.ApiKeys;

namespace Equaticket.RestFacade.Tests.Http;

/// <summary>A request with several errors gets the first one in the documented order.</summary>
public sealed class OrderOfChecksTests : ApiTest
{
    private const string Path = "/api/v1/events";
    private const string NobodysId = "018f0000-0000-7000-8000-000000000000";

    private static readonly string TooLarge = new(' ', (256 * 1024) + 1);
    private static readonly (string, string) Text = ("Content-Type", "text/plain");

    [Fact]
    public async Task An_unknown_route_comes_first() =>
        (await SendAsync("PUT", "/api/v1/nowhere?x=1", "nonsense", TooLarge)).AssertRefused("not_found");

    [Fact]
    public async Task Then_the_method() =>
        (await SendAsync("PUT", $"{Path}?x=1", "nonsense", TooLarge)).AssertRefused("method_not_allowed");

    [Fact]
    public async Task Then_the_key() =>
        (await SendAsync("POST", $"{Path}?x=1", "nonsense", TooLarge)).AssertRefused("unauthorized");

    [Fact]
    public async Task Then_the_scope()
    {
        var reader = await Org.CreateKeyAsync(livemode: true, Scope.EventsRead);
        (await SendAsync("POST", $"{Path}?x=1", reader.Secret, TooLarge)).AssertRefused("forbidden");
    }

    [Fact]
    public async Task Then_the_size() =>
        (await SendAsync("POST", $"{Path}?x=1", Org.Live.Secret, TooLarge))
            .AssertRefused("payload_too_large");

    [Fact]
    public async Task Then_the_media_type() =>
        (await SendAsync("POST", $"{Path}?x=1", Org.Live.Secret, "{")).AssertRefused("unsupported_media_type");

    [Fact]
    public async Task A_compressed_body_is_an_unsupported_media_type() =>
        (await Org.Live.SendAsync(HttpMethod.Post, Path, "{", ("Content-Encoding", "gzip")))
            .AssertRefused("unsupported_media_type", saying: "compressed");

    [Theory]
    [InlineData("PATCH", "", """{"nonsense": 1}""", "nonsense")]
    [InlineData("PATCH", "?x=1", "{}", "x")]
    [InlineData("PATCH", "", """{"starts_at": "now"}""", "starts_at")]
    [InlineData("PATCH", "", """{"title": null}""", "title")]
    [InlineData("POST", "/ticket-types", "{}", "name")]
    [InlineData("POST", "/ticket-types", """{"name": "A", "price": -1}""", "price")]
    [InlineData("POST", "/ticket-types", """{"name": "A", "price": 1, "metadata": {"a": null}}""", "metadata")]
    [InlineData(
        "POST", "/ticket-types",
        """{"name": "A", "price": 1, "min_per_order": 2, "max_per_order": 1}""", "min_per_order")]
    [InlineData("GET", "/ticket-types?limit=0", null, "limit")]
    [InlineData("GET", "/ticket-types?cursor=x", null, "cursor")]
    public async Task Then_parameters_and_body_before_existence(
        string method, string rest, string? body, string param)
    {
        var response = await Org.Live.SendAsync(
            new HttpMethod(method), $"{Path}/{NobodysId}{rest}", body);
        response.AssertRefused("validation_error", param);
    }

    [Fact]
    public async Task Then_existence_before_state_and_rule()
    {
        (await Org.Live.PostAsync($"{Path}/{NobodysId}/publish")).AssertRefused("not_found");
        var body = Seed.TicketTypeBody();
        body["currency"] = "eur";
        (await Org.Live.PostAsync($"{Path}/{NobodysId}/ticket-types", body)).AssertRefused("not_found");
    }

    [Fact]
    public async Task Then_the_state_before_the_rule()
    {
        var id = await Org.Live.CreateEventAsync();
        await Org.Live.PostAsync($"{Path}/{id}/cancel");
        (await Org.Live.PostAsync($"{Path}/{id}/publish")).AssertRefused("conflict");
        var body = Seed.TicketTypeBody();
        body["currency"] = "eur";
        (await Org.Live.PostAsync($"{Path}/{id}/ticket-types", body)).AssertRefused("conflict");
        body["metadata"] = new { a = (string?)null };
        (await Org.Live.PostAsync($"{Path}/{id}/ticket-types", body))
            .AssertRefused("validation_error", "metadata");
    }

    private Task<ApiResponse> SendAsync(string method, string path, string key, string body) =>
        ApiResponse.SendAsync(Host.Http, new HttpMethod(method), path, key, body, Text);
}
