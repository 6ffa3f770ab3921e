using System.Text.Json.Nodes;

namespace Equaticket.Host.Tests.Commands;

/// <summary>
/// Runs each command successfully once and refused once; those that read standard input as separate processes, which
/// take seconds. Schema.Tests covers what the registries refuse.
/// </summary>
[Trait("Category", "Heavy")]
public sealed class OperatorCommandTests(CommandFolder folder) : IClassFixture<CommandFolder>
{
    [Fact]
    public async Task An_organization_is_created_and_changed_and_printed_each_time()
    {
        var made = await folder.JsonAsync("org create --slug acme --name Acme --plan free");
        AssertHas(made, ["id", "slug", "name", "plan"], "acme", "Acme", "free");
        await folder.AssertFailsAsync(
            "key create --org acme --mode test --scopes all", "accept the API Terms of Service");
        var changed = await folder.JsonAsync("org set-plan --org acme --plan pro");
        AssertHas(changed, ["id", "slug", "name", "plan"], "acme", "Acme", "pro");
        Assert.Equal(made["id"]!.ToJsonString(), changed["id"]!.ToJsonString());
        Assert.Equal(
            changed.ToJsonString(),
            (await folder.JsonAsync("org accept-terms --org acme")).ToJsonString());
        var stripe = await folder.RunAsync("org set-stripe --org acme --charges-enabled true");
        Assert.Equal(
            (0, $"acme (Acme), plan pro, id {made["id"]}\n"), (stripe.ExitCode, stripe.Output));
        var listed = (await folder.JsonAsync("org list"))["organizations"]!.AsArray();
        Assert.Contains(changed.ToJsonString(), listed.Select(organization => organization!.ToJsonString()));
        await folder.AssertFailsAsync("org accept-terms --org nobody", "No such organization");
    }

    [Fact]
    public async Task Users_and_keys_are_created_and_keys_are_revoked()
    {
        await folder.JsonAsync("org create --slug team --name Team --plan free --accept-terms");
        const string user = "user create --org team --email Ada@example.com --role owner";
        var owner = await folder.RunAsync($"{user} --password --json", "correct-horse-battery\n");
        AssertHas(owner.Json.AsObject(), ["id", "email", "role"], "Ada@example.com", "owner");
        await folder.AssertFailsAsync(user, "Ada@example.com is already a member.");
        await folder.AssertFailsAsync($"{user} --password", "Standard input contains no password.", input: "");

        var key = await folder.JsonAsync(
            "key create --org team --mode live --scopes events:read,orders:read --name CI "
            + "--expires 2099-01-31T00:00:00+01:00");
        Assert.Matches("^sk_live_[0-9A-Za-z]{38}$", key["key"]!.GetValue<string>());
        Assert.Equal("""["events:read","orders:read"]""", key["scopes"]!.ToJsonString());
        var secret = key["key"]!.GetValue<string>();
        key.Remove("scopes");
        AssertHas(
            key, ["id", "key", "mode", "expires_at"],
            key["key"]!.GetValue<string>(), "live", "2099-01-30T23:00:00.000Z");
        await folder.AssertFailsAsync(
            "key create --org team --mode live --scopes events:delete", "'events:delete' is not a scope");

        var revoked = (await folder.RunAsync("key revoke --json", $"{secret}\n")).Json.AsObject();
        Assert.Equal(["id", "revoked_at"], revoked.Select(member => member.Key));
        Assert.Equal(key["id"]!.ToJsonString(), revoked["id"]!.ToJsonString());
        Assert.EndsWith("Z", revoked["revoked_at"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(
            revoked.ToJsonString(), (await folder.JsonAsync($"key revoke {key["id"]}")).ToJsonString());
        await folder.AssertFailsAsync($"key revoke {Guid.Empty}", "No such key");
        await folder.AssertFailsAsync("key revoke", "Standard input contains no API key.", input: "");
        await folder.AssertFailsAsync("secrets rewrap", "Set DataProtection__CertificatePath");

        var listed = await folder.RunAsync("key list --org team --json");
        Assert.DoesNotContain(secret, listed.Output, StringComparison.Ordinal);
        var only = Assert.Single(listed.Json["keys"]!.AsArray())!;
        Assert.Equal(
            $"{key["id"]} live sk_live_ {secret[^4..]} CI {revoked["revoked_at"]}",
            $"{only["id"]} {only["mode"]} {only["prefix"]} {only["last_four"]} {only["name"]} {only["revoked_at"]}");
    }

    /// <summary>Asserts the names of all members, and the values of the members after <c>id</c>.</summary>
    private static void AssertHas(JsonObject printed, string[] names, params string[] values)
    {
        Assert.Equal(names, printed.Select(member => member.Key));
        Assert.True(Guid.TryParse(printed["id"]!.GetValue<string>(), out _));
        Assert.Equal(values, printed.Skip(1).Select(member => member.Value!.GetValue<string>()));
    }
}
