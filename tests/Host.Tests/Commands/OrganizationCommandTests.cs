namespace Equaticket.Host.Tests.Commands;

public sealed class OrganizationCommandTests(CommandFolder folder) : IClassFixture<CommandFolder>
{
    [Fact]
    public async Task An_organization_is_made_and_changed_and_printed_each_time()
    {
        var made = await folder.JsonAsync("org create --slug acme --name Acme --plan free");
        AssertIs(made, plan: "free");
        AssertIs(await folder.JsonAsync("org set-plan --org acme --plan pro"), plan: "pro");
        AssertIs(await folder.JsonAsync("org accept-terms --org acme"), plan: "pro");
        AssertIs(
            await folder.JsonAsync("org set-stripe --org acme --charges-enabled true"), plan: "pro");

        void AssertIs(System.Text.Json.Nodes.JsonObject organization, string plan)
        {
            Assert.Equal(["id", "slug", "name", "plan"], organization.Select(member => member.Key));
            Assert.True(Guid.TryParse(organization["id"]!.GetValue<string>(), out _));
            Assert.Equal(made["id"]!.ToJsonString(), organization["id"]!.ToJsonString());
            Assert.Equal("acme", organization["slug"]!.GetValue<string>());
            Assert.Equal("Acme", organization["name"]!.GetValue<string>());
            Assert.Equal(plan, organization["plan"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task A_person_reads_one_line()
    {
        var outcome = await folder.RunAsync("org create --slug plain --name Plain --plan starter");
        Assert.Equal(0, outcome.ExitCode);
        Assert.StartsWith("plain (Plain), plan starter, id ", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_done_is_one_sentence_and_exit_code_1()
    {
        await folder.JsonAsync("org create --slug taken --name Taken --plan free");
        await folder.AssertFailsAsync(
            "org create --slug taken --name Again --plan free", "the slug taken exists");
        await folder.AssertFailsAsync("org create --slug A_B --name X --plan free", "a-z, 0-9");
        await folder.AssertFailsAsync("org accept-terms --org nobody", "No such organization");
    }

    [Fact]
    public async Task A_user_is_made_and_printed_and_made_only_once()
    {
        await folder.JsonAsync("org create --slug team --name Team --plan free");
        const string command =
            "user create --org team --email Ada@example.com --role owner --password correct-horse-battery";
        var user = await folder.JsonAsync(command);
        Assert.Equal(["id", "email", "role"], user.Select(member => member.Key));
        Assert.Equal("Ada@example.com", user["email"]!.GetValue<string>());
        Assert.Equal("owner", user["role"]!.GetValue<string>());
        await folder.AssertFailsAsync(
            command.Replace("Ada", "ada", StringComparison.Ordinal), "a member already");
        await folder.AssertFailsAsync(
            "user create --org team --email bob@example.com --role owner", "an owner already");
        await folder.AssertFailsAsync(
            "user create --org team --email bob --role admin", "no e-mail address");
        await folder.AssertFailsAsync(
            "user create --org team --email bob@example.com --role admin --password short",
            "12 characters");
    }
}
