using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;
using Equaticket.Schema.ApiKeys;

namespace Equaticket.RestFacade.Tests.ApiKeys;

public sealed class AuthenticationTests : ApiTest
{
    private const string Path = "/api/v1/events";

    [Fact]
    public async Task A_malformed_or_unknown_key_is_refused()
    {
        var key = Org.Live.Secret;
        var unknown = ApiKeySecret.Create(livemode: true).Text;
        string[] headers =
        [
            "", "Bearer", "Bearer ", "Bearer nonsense", key, $"Basic {key}", $"Bearer{key}",
            $"Bearer {key[..^1]}", $"Bearer {key}x", $"Bearer {key} {key}",
            $"Bearer {key[..^1]}{(key[^1] == '0' ? '1' : '0')}",
            $"Bearer {key.Replace("sk_live_", "sk_test_", StringComparison.Ordinal)}",
            $"Bearer {key.ToUpperInvariant()}", $"Bearer {unknown}", "Bearer é",
        ];
        foreach (var header in headers)
        {
            var response = await SendAsync(("Authorization", header));
            response.AssertRefused("unauthorized");
            Assert.Equal("Bearer", response.Header("WWW-Authenticate"));
        }
    }

    [Fact]
    public async Task Two_keys_are_refused() =>
        (await SendAsync(
            ("Authorization", $"Bearer {Org.Live.Secret}"),
            ("Authorization", $"Bearer {Org.Live.Secret}"))).AssertRefused("unauthorized");

    [Fact]
    public async Task The_scheme_is_read_in_any_case() =>
        (await SendAsync(("Authorization", $"bearer {Org.Live.Secret}"))).AssertStatus(200);

    /// <summary>Another host has changed the expiry, so this one learns of it by a notification.</summary>
    [Fact]
    public async Task Expiry_takes_effect_as_soon_as_the_host_is_notified()
    {
        (await Org.Live.GetAsync(Path)).AssertStatus(200);
        await Host.ExecuteSqlAsync(
            "UPDATE api_keys SET expires_at = now() WHERE id = $1", Org.Live.KeyId);
        await Poll.UntilAsync(async () => (await Org.Live.GetAsync(Path)).Status == 401);
        (await Org.Live.GetAsync(Path)).AssertRefused("unauthorized", saying: "expired");
        await Host.ExecuteSqlAsync(
            "UPDATE api_keys SET expires_at = now() + interval '1 hour' WHERE id = $1", Org.Live.KeyId);
        (await Org.Live.GetAsync(Path)).AssertStatus(200);
    }

    [Fact]
    public async Task Revocation_is_immediate_and_only_for_that_key()
    {
        (await Org.Live.GetAsync(Path)).AssertStatus(200);
        await RevokeAsync();
        (await Org.Live.GetAsync(Path)).AssertRefused("unauthorized", saying: "revoked");
        (await Org.Live.PostAsync(Path, Seed.EventBody())).AssertRefused("unauthorized");
        (await Org.Test.GetAsync(Path)).AssertStatus(200);
    }

    [Fact]
    public async Task A_write_in_flight_never_commits_if_its_key_is_revoked()
    {
        var id = await Org.Live.CreateEventAsync();
        await using var blocker = await RowLock.TakeAsync(Host, "events", Guid.Parse(id));
        var writing = Org.Live.PatchAsync($"{Path}/{id}", new { title = "Too late" });
        await blocker.WaitForAnotherAsync();
        await RevokeAsync();
        await blocker.DisposeAsync();

        (await writing).AssertRefused("unauthorized", saying: "revoked");
        var next = await Org.CreateKeyAsync(livemode: true);
        Assert.Equal("Test event", (await next.GetAsync($"{Path}/{id}")).Text("title"));
    }

    [Theory]
    [InlineData(Scope.EventsRead, 200, 403, 403)]
    [InlineData(Scope.EventsWrite, 403, 201, 403)]
    [InlineData(Scope.TicketTypesWrite, 403, 403, 201)]
    [InlineData(Scope.OrdersRead, 403, 403, 403)]
    public async Task A_scope_gives_access_only_to_its_routes(
        Scope scope, int read, int writeEvent, int writeTicketType)
    {
        var id = await Org.Live.CreateEventAsync();
        var key = await Org.CreateKeyAsync(livemode: true, scope);
        (await key.GetAsync(Path)).AssertStatus(read);
        (await key.GetAsync($"{Path}/{id}/ticket-types")).AssertStatus(read);
        (await key.PostAsync(Path, Seed.EventBody())).AssertStatus(writeEvent);
        (await key.PostAsync($"{Path}/{id}/ticket-types", Seed.TicketTypeBody()))
            .AssertStatus(writeTicketType);
    }

    [Fact]
    public async Task A_denied_request_has_no_effect()
    {
        var reader = await Org.CreateKeyAsync(livemode: true, Scope.EventsRead);
        (await reader.PostAsync(Path, Seed.EventBody())).AssertRefused("forbidden", saying: "events:write");
        Assert.Empty((await Org.Live.GetAsync(Path)).Column("id"));
    }

    [Fact]
    public async Task Test_and_live_keys_read_and_create_rows_of_their_mode()
    {
        var live = await Org.Live.CreateEventAsync("Live");
        var test = await Org.Test.CreateEventAsync("Test");
        Assert.Equal(["live"], (await Org.Live.GetAsync(Path)).Column("slug"));
        Assert.Equal(["test"], (await Org.Test.GetAsync(Path)).Column("slug"));
        Assert.False((bool?)(await Org.Test.GetAsync($"{Path}/{test}")).Json!["livemode"]);
        Assert.True((bool?)(await Org.Live.GetAsync($"{Path}/{live}")).Json!["livemode"]);
        (await Org.Test.GetAsync($"{Path}/{live}")).AssertRefused("not_found");
    }

    private async Task RevokeAsync()
    {
        var owner = await Org.SignInAsync(Role.Owner);
        var revoked = await owner.DeleteAsync($"/api/settings/api-keys/{Org.Live.KeyId}");
        Assert.Equal(204, revoked.Status);
    }

    private Task<ApiResponse> SendAsync(params (string Name, string Value)[] headers) =>
        ApiResponse.SendAsync(Host.Http, HttpMethod.Get, Path, key: null, body: null, headers);
}
