using Equaticket.Persistence.Team;

namespace Equaticket.RestFacade.Tests.ApiKeys;

/// <summary>The complete response of each settings route.</summary>
public sealed class SettingsRoutesTests : ApiTest
{
    private const string Path = "/api/settings/api-keys";
    private const string Terms = "/api/settings/api-terms";

    private static readonly object NewKey = new
    {
        name = "My integration",
        mode = "test",
        scopes = new[] { "events:read", "events:write" },
        expires_at = "2099-12-31T23:59:59Z",
    };

    private SessionClient _owner = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _owner = await Org.SignInAsync(Role.Owner);
    }

    [Fact]
    public async Task GET_api_keys_lists_newest_first_without_secrets() =>
        (await _owner.GetAsync(Path)).MatchSnapshot();

    [Fact]
    public async Task POST_api_keys_shows_the_key_once() =>
        (await _owner.PostAsync(Path, NewKey)).MatchSnapshot();

    [Fact]
    public async Task POST_api_keys_requires_accepted_terms()
    {
        var organization = await Host.CreateOrganizationWithoutTermsAsync();
        var owner = await Host.SignInAsync(organization, Role.Owner);
        (await owner.PostAsync(Path, NewKey)).MatchSnapshot();
    }

    [Fact]
    public async Task POST_roll_shows_the_new_key() =>
        (await _owner.PostAsync($"{Path}/{Org.Test.KeyId}/roll", new { overlap_seconds = 3600 }))
            .MatchSnapshot();

    [Fact]
    public async Task DELETE_api_key_revokes_it() =>
        (await _owner.DeleteAsync($"{Path}/{Org.Test.KeyId}")).MatchSnapshot();

    [Fact]
    public async Task GET_activity_lists_the_requests_of_a_key()
    {
        await Org.Live.SendAsync(
            HttpMethod.Get, "/api/v1/events/none", null, ("User-Agent", "Box office/1.0"));
        ApiResponse? activity = null;
        await Poll.UntilAsync(
            async () => (activity = await _owner.GetAsync($"{Path}/{Org.Live.KeyId}/activity"))
                .Json!["data"]!.AsArray().Count == 1);
        activity!.MatchSnapshot();
    }

    [Fact]
    public async Task POST_reset_test_data_reports_what_it_removed()
    {
        await Org.Test.CreatePublishedEventAsync();
        (await Org.Test.PostAsync($"{Path}/reset-test-data")).MatchSnapshot();
    }

    [Fact]
    public async Task GET_api_terms_shows_whether_they_are_accepted()
    {
        var organization = await Host.CreateOrganizationWithoutTermsAsync();
        var admin = await Host.SignInAsync(organization, Role.Admin);
        (await admin.GetAsync(Terms)).MatchSnapshot();
    }

    [Fact]
    public async Task POST_api_terms_accepts_them()
    {
        var organization = await Host.CreateOrganizationWithoutTermsAsync();
        var admin = await Host.SignInAsync(organization, Role.Admin);
        (await admin.PostAsync(Terms)).MatchSnapshot();
    }

    [Fact]
    public async Task A_session_can_use_settings_and_graphql_but_no_api_route()
    {
        (await _owner.GetAsync(Path)).AssertStatus(200);
        Assert.Equal(200, (await _owner.GraphQLAsync("{ viewer { plan } }")).Status);
        foreach (var path in (string[])["/api/v1/events", "/api/v1/events/none"])
            (await _owner.GetAsync(path)).AssertRefused("unauthorized", saying: "API key");
        (await _owner.PostAsync("/api/v1/events", Seed.EventBody())).AssertRefused("unauthorized");
    }

    [Fact]
    public async Task A_key_can_use_no_settings_except_the_reset_of_test_data()
    {
        (string Method, string Path)[] routes =
        [
            ("GET", Path), ("POST", Path), ("DELETE", $"{Path}/{Org.Test.KeyId}"),
            ("POST", $"{Path}/{Org.Test.KeyId}/roll"), ("GET", $"{Path}/{Org.Test.KeyId}/activity"),
            ("GET", Terms), ("POST", Terms),
        ];
        foreach (var (method, path) in routes)
        {
            (await Org.Test.SendAsync(new HttpMethod(method), path))
                .AssertRefused("forbidden", saying: "dashboard session");
        }

        (await Org.Live.PostAsync($"{Path}/reset-test-data")).AssertRefused("forbidden");
        (await Org.Test.PostAsync($"{Path}/reset-test-data")).AssertStatus(200);
    }

    [Fact]
    public async Task Settings_return_401_without_a_key_or_session()
    {
        var response = await ApiResponse.SendAsync(
            Host.Http, HttpMethod.Get, Path, key: null, body: null);
        response.AssertRefused("unauthorized", saying: "Sign in");
        Assert.Equal("Bearer", response.Header("WWW-Authenticate"));
    }
}
