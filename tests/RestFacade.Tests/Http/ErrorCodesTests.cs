namespace Equaticket.RestFacade.Tests.Http;

/// <summary>The complete response for each error. FailureTests covers failures of the host.</summary>
public sealed class ErrorCodesTests : ApiTest
{
    private const string Path = "/api/v1/events";
    private const string NobodysId = "018f0000-0000-7000-8000-000000000000";

    public static TheoryData<string, string> InvalidBodies => new()
    {
        { "not_JSON", "{ title: 'Test' }" },
        { "not_an_object", "[]" },
        { "unknown_field", """{"titel": "Test"}""" },
        { "wrong_type", """{"title": 5}""" },
        { "missing_field", """{"title": "Test", "timezone": "UTC", "starts_at": "2099-01-01T00:00:00Z"}""" },
        { "time_without_offset", """
            {"title": "T", "timezone": "UTC", "starts_at": "2099-01-01T00:00:00", "currency": "usd"}
            """ },
        { "out_of_range", """
            {"title": "T", "timezone": "Mars/Olympus", "starts_at": "2099-01-01T00:00:00Z", "currency": "usd"}
            """ },
    };

    [Theory]
    [MemberData(nameof(InvalidBodies))]
    public async Task Status_400_for_a_body(string kind, string body) =>
        (await Org.Live.PostAsync(Path, body)).MatchSnapshot($"ErrorCodesTests.Status_400_{kind}");

    [Theory]
    [InlineData("unknown_parameter", "?stauts=draft")]
    [InlineData("unknown_value", "?status=open")]
    [InlineData("limit", "?limit=101")]
    [InlineData("cursor", "?cursor=abc")]
    public async Task Status_400_for_a_query(string kind, string query) =>
        (await Org.Live.GetAsync(Path + query)).MatchSnapshot($"ErrorCodesTests.Status_400_{kind}");

    [Fact]
    public async Task Status_401_without_a_key() => (await SendAsync(Path, key: null)).MatchSnapshot();

    [Fact]
    public async Task Status_401_with_a_malformed_key() =>
        (await SendAsync(Path, key: "sk_live_nonsense")).MatchSnapshot();

    [Fact]
    public async Task Status_403_without_the_scope()
    {
        var reader = await Org.CreateKeyAsync(livemode: true, Persistence.ApiKeys.Scope.EventsRead);
        (await reader.PostAsync(Path, Seed.EventBody())).MatchSnapshot();
    }

    [Fact]
    public async Task Status_404_for_an_unknown_route() =>
        (await Org.Live.GetAsync("/api/v1/evnets")).MatchSnapshot();

    [Fact]
    public async Task Status_404_for_an_unknown_id() =>
        (await Org.Live.GetAsync($"{Path}/{NobodysId}")).MatchSnapshot();

    [Fact]
    public async Task Status_405_lists_the_allowed_methods() =>
        (await Org.Live.DeleteAsync($"{Path}/{NobodysId}")).MatchSnapshot();

    [Fact]
    public async Task Status_409_for_the_wrong_state()
    {
        var id = await Org.Live.CreatePublishedEventAsync();
        (await Org.Live.PostAsync($"{Path}/{id}/publish")).MatchSnapshot();
    }

    [Fact]
    public async Task Status_409_for_a_slug_that_is_taken()
    {
        var body = Seed.EventBody();
        body["slug"] = "taken";
        await Org.Live.PostAsync(Path, body);
        (await Org.Live.PostAsync(Path, body)).MatchSnapshot();
    }

    [Fact]
    public async Task Status_413_for_a_body_over_256_KiB() =>
        (await Org.Live.PostAsync(Path, new string(' ', (256 * 1024) + 1))).MatchSnapshot();

    [Fact]
    public async Task Status_415_for_another_media_type()
    {
        var response = await Org.Live.SendAsync(
            HttpMethod.Post, Path, "title=Test", ("Content-Type", "application/x-www-form-urlencoded"));
        response.MatchSnapshot();
    }

    [Fact]
    public async Task Status_422_for_a_violated_rule()
    {
        var id = await Org.Live.CreateEventAsync();
        (await Org.Live.PostAsync($"{Path}/{id}/publish")).MatchSnapshot();
    }

    private Task<ApiResponse> SendAsync(string path, string? key) =>
        ApiResponse.SendAsync(Host.Http, HttpMethod.Get, path, key, body: null);
}
