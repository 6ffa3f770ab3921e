using System.Text.Json.Nodes;

namespace Equaticket.Host.Tests.Commands;

public sealed class KeyCommandTests(CommandFolder folder) : IClassFixture<CommandFolder>
{
    [Fact]
    public async Task A_key_is_refused_before_the_terms_are_accepted_and_made_after()
    {
        await folder.JsonAsync("org create --slug late --name Late --plan free");
        await folder.AssertFailsAsync(
            "key create --org late --mode test --scopes all", "accept the API Terms of Service");
        await folder.JsonAsync("org accept-terms --org late");
        var key = await folder.JsonAsync(
            "key create --org late --mode test --scopes events:read,orders:read");
        AssertIs(key, "sk_test_", "test", """["events:read","orders:read"]""", "null");
    }

    [Fact]
    public async Task A_key_has_the_scopes_and_the_end_that_were_asked_for()
    {
        await folder.JsonAsync("org create --slug keys --name Keys --plan free --accept-terms");
        var key = await folder.JsonAsync(
            "key create --org keys --mode live --scopes all --name CI --expires 2099-01-31T00:00:00+01:00");
        AssertIs(
            key, "sk_live_", "live",
            """
            ["events:read","events:write","ticket_types:write","orders:read","attendees:read","webhooks:read","webhooks:write"]
            """,
            "\"2099-01-30T23:00:00.000Z\"");
        await folder.AssertFailsAsync(
            "key create --org keys --mode live --scopes events:delete", "'events:delete' is no scope");
        await folder.AssertFailsAsync(
            "key create --org keys --mode live --scopes all --expires tomorrow", "'tomorrow' is no time");
        await folder.AssertFailsAsync(
            "key create --org keys --mode live --scopes all --expires 2019-01-01T00:00:00Z", "future");
        await folder.AssertFailsAsync("key create --org x --mode live --scopes all", "No such organization");
    }

    [Fact]
    public async Task A_key_is_revoked_once_and_keeps_the_time()
    {
        await folder.JsonAsync("org create --slug gone --name Gone --plan free --accept-terms");
        var key = await folder.JsonAsync("key create --org gone --mode test --scopes all");
        var id = key["id"]!.GetValue<string>();
        var revoked = await folder.JsonAsync($"key revoke {id}");
        Assert.Equal(["id", "revoked_at"], revoked.Select(member => member.Key));
        Assert.Equal(id, revoked["id"]!.GetValue<string>());
        Assert.EndsWith("Z", revoked["revoked_at"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(
            revoked.ToJsonString(), (await folder.JsonAsync($"key revoke {id}")).ToJsonString());
        await folder.AssertFailsAsync($"key revoke {Guid.Empty}", "No such key");
    }

    private static void AssertIs(
        JsonObject key, string prefix, string mode, string scopes, string expiresAt)
    {
        Assert.Equal(["id", "key", "mode", "scopes", "expires_at"], key.Select(member => member.Key));
        Assert.True(Guid.TryParse(key["id"]!.GetValue<string>(), out _));
        Assert.Matches($"^{prefix}[0-9A-Za-z]{{38}}$", key["key"]!.GetValue<string>());
        Assert.Equal(mode, key["mode"]!.GetValue<string>());
        Assert.Equal(scopes, key["scopes"]!.ToJsonString());
        Assert.Equal(expiresAt, key["expires_at"]?.ToJsonString() ?? "null");
    }
}
