using Equaticket.Persistence.Team;

namespace Equaticket.Schema.Tests.Team;

/// <summary>The team and the audit log, as callers with a session see them.</summary>
public sealed class TeamTests : ApiTest
{
    private const string Members = "{ teamMembers { id email role isYou } }";
    private const string Log = "query ($filter: AuditFilter) { auditLog(first: 1, filter: $filter) "
        + "{ nodes { action actor subject detail userId } pageInfo { hasNextPage endCursor } } }";

    [Theory]
    [InlineData(Members)]
    [InlineData("{ invitations { id } }")]
    [InlineData("{ auditLog { nodes { id } } }")]
    [InlineData("mutation { renameOrganization(name: \"X\") { id } }")]
    public async Task The_team_and_the_log_require_an_admin(string query)
    {
        var manager = await Org.SignInAsync(Role.EventManager);
        Assert.Equal("forbidden", (await manager.GraphQLAsync(query)).ErrorCode);
        Assert.Equal("forbidden", (await Org.Live.GraphQLAsync(query)).ErrorCode);
    }

    [Fact]
    public async Task Only_the_owner_transfers_the_ownership()
    {
        var (admin, owner) = (await Org.SignInAsync(Role.Admin), await Org.SignInAsync(Role.Owner));
        var transfer = $"mutation {{ transferOwnership(id: \"{admin.UserId}\") {{ role }} }}";
        Assert.Equal("forbidden", (await admin.GraphQLAsync(transfer)).ErrorCode);
        Assert.Equal("OWNER", (await owner.GraphQLAsync(transfer)).Data()["transferOwnership"]!["role"].Text());
        var members = (await owner.GraphQLAsync(Members)).Data()["teamMembers"]!.AsArray();
        Assert.Equal(["OWNER", "ADMIN"], members.Select(member => member!["role"].Text()));
        Assert.Equal("forbidden", (await owner.GraphQLAsync(transfer)).ErrorCode);
    }

    [Fact]
    public async Task One_of_two_concurrent_transfers_takes_effect()
    {
        var owner = await Org.SignInAsync(Role.Owner);
        var (one, two) = (await Org.SignInAsync(Role.Admin), await Org.SignInAsync(Role.Admin));
        var answers = await Task.WhenAll(new[] { one, two }.Select(admin => owner.GraphQLAsync(
            $"mutation {{ transferOwnership(id: \"{admin.UserId}\") {{ role }} }}")));
        Assert.Single(answers, answer => answer.ErrorCode is null);
        Assert.Equal([1L], await Host.QuerySqlAsync<long>(
            "SELECT count(*) FROM memberships WHERE organization_id = $1 AND role = 'owner'", Org.Organization.Id));
    }

    [Fact]
    public async Task A_member_of_another_organization_is_not_found()
    {
        var admin = await Org.SignInAsync(Role.Admin);
        var stranger = await (await Host.CreateOrganizationAsync()).SignInAsync(Role.EventManager);
        var remove = $"mutation {{ removeMember(id: \"{stranger.UserId}\") {{ id }} }}";
        Assert.Equal("not_found", (await admin.GraphQLAsync(remove)).ErrorCode);
    }

    [Fact]
    public async Task The_log_is_paged_and_filtered_and_names_who_acted()
    {
        var admin = await Org.SignInAsync(Role.Admin);
        await admin.GraphQLAsync("mutation { renameOrganization(name: \"First\") { id } }");
        await admin.GraphQLAsync("mutation { renameOrganization(name: \"Second\") { id } }");
        var filter = new { action = "ORGANIZATION_RENAMED", userId = admin.UserId };
        var page = (await admin.GraphQLAsync(Log, new { filter })).Data()["auditLog"]!;
        var entry = Assert.Single(page["nodes"]!.AsArray())!;
        Assert.Equal("First → Second", entry["detail"].Text());
        Assert.Contains("@", entry["actor"].Text(), StringComparison.Ordinal);
        Assert.True(page["pageInfo"]!["hasNextPage"]!.GetValue<bool>());
        var none = await admin.GraphQLAsync(Log, new { filter = new { userId = Guid.Empty } });
        Assert.Empty(none.Data()["auditLog"]!["nodes"]!.AsArray());
    }
}
