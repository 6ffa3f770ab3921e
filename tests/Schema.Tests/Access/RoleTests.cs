using Equaticket.Engine.Errors;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Execution;

namespace Equaticket.Schema.Tests.Access;

public sealed class RoleTests : ApiTest
{
    [Theory]
    [InlineData(Role.Owner, null)]
    [InlineData(Role.Admin, null)]
    [InlineData(Role.EventManager, null)]
    [InlineData(Role.CheckInOnly, "forbidden")]
    public async Task A_session_of_an_event_manager_or_above_creates_events(Role role, string? code)
    {
        var result = await RunAsync(
            role,
            """
            mutation {
              createEvent(input: {
                title: "By a person", timezone: "Europe/Berlin", currency: "eur"
                startsAt: "2099-01-01T00:00:00Z"
              }) { id }
            }
            """);
        Assert.Equal(code, result);
    }

    [Theory]
    [InlineData(Role.Owner)]
    [InlineData(Role.CheckInOnly)]
    public async Task A_session_reads_events_in_every_role(Role role) =>
        Assert.Null(await RunAsync(role, "{ events { nodes { ticketTypes { totalCount } } } }"));

    [Theory]
    [InlineData(Role.EventManager, null)]
    [InlineData(Role.CheckInOnly, "forbidden")]
    public async Task A_session_of_an_event_manager_or_above_reads_orders_and_attendees(
        Role role, string? code)
    {
        string[] fields =
        [
            "orders { totalCount }", "attendees { totalCount }",
            "events { nodes { orders { totalCount } } }",
            "events { nodes { attendees { totalCount } } }",
        ];
        foreach (var field in fields)
            Assert.Equal(code, await RunAsync(role, $"{{ {field} }}"));
    }

    [Fact]
    public void Each_role_includes_the_ones_after_it()
    {
        foreach (var asked in Enum.GetValues<Role>())
        {
            var access = new FieldAccess(null, TestKeysOnly: false, asked, false, false);
            foreach (var held in Enum.GetValues<Role>())
                Assert.Equal(held <= asked, access.Refusal(Session(held)) is null);
        }
    }

    [Fact]
    public void A_field_for_keys_refuses_sessions_and_a_field_for_sessions_refuses_keys()
    {
        var forKeys = new FieldAccess(Scope.EventsRead, false, null, false, false);
        var forSessions = new FieldAccess(null, false, Role.CheckInOnly, false, false);
        Assert.Equal(ErrorCode.Forbidden, forKeys.Refusal(Session(Role.Owner))!.ErrorCode);
        Assert.Equal(ErrorCode.Forbidden, forSessions.Refusal(Key(livemode: false))!.ErrorCode);
        Assert.Null(forKeys.Refusal(Key(livemode: false)));
    }

    [Fact]
    public void A_field_for_any_key_and_a_role_accepts_keys_and_that_role()
    {
        var access = new FieldAccess(null, false, Role.EventManager, IsAuthenticated: true, false);
        Assert.Null(access.Refusal(Key(livemode: true)));
        Assert.Null(access.Refusal(Session(Role.Admin)));
        Assert.Equal(ErrorCode.Forbidden, access.Refusal(Session(Role.CheckInOnly))!.ErrorCode);
        Assert.Equal(ErrorCode.Unauthorized, access.Refusal(Caller.Nobody)!.ErrorCode);
    }

    [Fact]
    public void A_field_for_test_keys_refuses_live_ones()
    {
        var access = new FieldAccess(Scope.EventsWrite, TestKeysOnly: true, null, false, false);
        Assert.Null(access.Refusal(Key(livemode: false)));
        Assert.Equal(ErrorCode.Forbidden, access.Refusal(Key(livemode: true))!.ErrorCode);
    }

    private Task<string?> RunAsync(Role role, string query) =>
        Sessions.RunAsync(Host, Session(role), query);

    private Caller Session(Role role) =>
        Caller.ForSession(Guid.AllBitsSet, role, Org.Organization, livemode: false);

    private Caller Key(bool livemode) => Caller.ForKey(
        new ApiKey
        {
            Id = Guid.AllBitsSet,
            Livemode = livemode,
            Name = "Unit",
            Hash = [],
            Prefix = "",
            LastFour = "",
            Scopes = Enum.GetValues<Scope>(),
            CreatedAt = default,
        },
        Org.Organization);
}
