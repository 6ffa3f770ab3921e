using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;

namespace Equaticket.Host.Tests.ApiKeys;

public sealed class KeyLifecycleTests : ApiTest
{
    private const string Path = "/api/settings/api-keys";

    private static readonly object NewKey = new
    {
        name = "Mine",
        mode = "test",
        scopes = new[] { "events:read", "orders:read" },
    };

    [Fact]
    public async Task An_owner_creates_a_key_that_works_and_is_never_shown_again()
    {
        var owner = await Org.SignInAsync(Role.Owner);
        var created = await owner.PostAsync(Path, NewKey);
        Assert.Equal(201, created.Status);
        var key = created.Json!["key"]!.GetValue<string>();
        Assert.StartsWith("sk_test_", key, StringComparison.Ordinal);

        Assert.Equal(200, (await CallAsync(key)).Status);
        var listed = await owner.GetAsync(Path);
        Assert.DoesNotContain(key, listed.Body, StringComparison.Ordinal);
        Assert.Null(listed.Json!["data"]![0]!["key"]);
    }

    [Fact]
    public async Task Only_an_owner_can_create_and_revoke_keys_and_a_key_cannot()
    {
        var admin = await Org.SignInAsync(Role.Admin);
        Assert.Equal((403, "forbidden"), Outcome(await admin.PostAsync(Path, NewKey)));
        Assert.Equal(
            (403, "forbidden"), Outcome(await admin.DeleteAsync($"{Path}/{Org.Test.KeyId}")));
        Assert.Equal((403, "forbidden"), Outcome(await Org.Live.PostAsync(Path, NewKey)));
        Assert.Equal(200, (await admin.GetAsync(Path)).Status);
    }

    [Fact]
    public async Task Without_the_terms_no_key_is_created()
    {
        var organization = await Host.CreateOrganizationWithoutTermsAsync();
        var owner = await Host.SignInAsync(organization, Role.Owner);
        Assert.Equal((403, "api_terms_required"), Outcome(await owner.PostAsync(Path, NewKey)));

        var accepted = await owner.PostAsync("/api/settings/api-terms");
        Assert.True(accepted.Json!["accepted"]!.GetValue<bool>());
        Assert.Equal(201, (await owner.PostAsync(Path, NewKey)).Status);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_immediately_on_another_host()
    {
        await using var other = await TestHost.StartAsync(Host.ConnectionString);
        var key = await Org.CreateKeyAsync(livemode: false, Scope.EventsRead);
        var elsewhere = key.On(other);
        Assert.Equal(200, (await elsewhere.GetAsync("/api/v1/events")).Status);

        var owner = await Org.SignInAsync(Role.Owner);
        Assert.Equal(204, (await owner.DeleteAsync($"{Path}/{key.KeyId}")).Status);
        await Poll.UntilAsync(
            async () => (await elsewhere.GetAsync("/api/v1/events")).Status == 401);
        Assert.Equal(401, (await key.GetAsync("/api/v1/events")).Status);
    }

    [Fact]
    public async Task A_rolled_key_has_the_same_scopes_and_the_old_one_works_during_the_overlap()
    {
        var owner = await Org.SignInAsync(Role.Owner);
        var old = await Org.CreateKeyAsync(livemode: true, Scope.EventsRead);
        var rolled = await owner.PostAsync(
            $"{Path}/{old.KeyId}/roll", new { overlap_seconds = 3600 });
        Assert.Equal(200, rolled.Status);
        Assert.Equal("events:read", rolled.Json!["scopes"]![0]!.GetValue<string>());
        Assert.Equal(200, (await CallAsync(rolled.Json!["key"]!.GetValue<string>())).Status);
        Assert.Equal(200, (await old.GetAsync("/api/v1/events")).Status);

        await owner.PostAsync($"{Path}/{Org.Test.KeyId}/roll");
        Assert.Equal(401, (await Org.Test.GetAsync("/api/v1/events")).Status);
    }

    [Fact]
    public async Task Keys_of_another_organization_are_not_found()
    {
        var other = await Host.CreateOrganizationAsync();
        var owner = await Org.SignInAsync(Role.Owner);
        foreach (var path in (string[])[$"{Path}/{other.Live.KeyId}/roll"])
            Assert.Equal((404, "not_found"), Outcome(await owner.PostAsync(path)));
        Assert.Equal(404, (await owner.DeleteAsync($"{Path}/{other.Live.KeyId}")).Status);
        Assert.Equal(404, (await owner.GetAsync($"{Path}/{other.Live.KeyId}/activity")).Status);
        Assert.Equal(200, (await other.Live.GetAsync("/api/v1/events")).Status);
    }

    private static (int, string?) Outcome(ApiResponse response) =>
        (response.Status, response.ErrorCode);

    private Task<ApiResponse> CallAsync(string key) => ApiResponse.SendAsync(
        Host.Http, HttpMethod.Get, "/api/v1/events", key, body: null);
}
