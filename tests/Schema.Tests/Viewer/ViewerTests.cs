using Equaticket.Engine.Execution;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Execution;

namespace Equaticket.Schema.Tests.Viewer;

public sealed class ViewerTests : ApiTest
{
    private const string Query =
        "{ viewer { organization { id slug name plan } plan mode scopes role } }";

    [Theory]
    [InlineData(true, "LIVE")]
    [InlineData(false, "TEST")]
    public async Task A_key_sees_its_organization_mode_and_scopes(bool livemode, string mode)
    {
        var key = await Org.CreateKeyAsync(livemode, Scope.OrdersRead, Scope.EventsRead);
        var viewer = (await key.DataAsync(Query))["viewer"]!;
        Assert.Equal(Org.Slug, viewer["organization"]!["slug"].Text());
        Assert.Equal(Org.Organization.Id.ToString(), viewer["organization"]!["id"].Text());
        Assert.Equal("PRO", viewer["plan"].Text());
        Assert.Equal(mode, viewer["mode"].Text());
        Assert.Equal("""["EVENTS_READ","ORDERS_READ"]""", viewer["scopes"]!.ToJsonString());
        Assert.Null(viewer["role"]);
    }

    [Fact]
    public async Task The_plan_is_the_organizations()
    {
        var free = await Host.CreateOrganizationAsync(Plan.Free);
        var viewer = (await free.Live.DataAsync(Query))["viewer"]!;
        Assert.Equal("FREE", viewer["plan"].Text());
        Assert.Equal("FREE", viewer["organization"]!["plan"].Text());
    }

    [Fact]
    public async Task A_session_sees_its_role_and_no_scopes()
    {
        var caller = Caller.ForSession(
            Guid.AllBitsSet, Role.Admin, Org.Organization, livemode: true);
        var seen = "";
        var code = await Sessions.RunAsync(
            Host, caller, "{ viewer { role mode } }",
            result => seen = ResultObject.OfRoot(result) is { } viewer
                ? $"{viewer.Value("role")} {viewer.Value("mode")}"
                : "");
        Assert.Null(code);
        Assert.Equal("ADMIN LIVE", seen);
    }
}
