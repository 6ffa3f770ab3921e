using Equaticket.Dashboard.Frame;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Team;
using Equaticket.Schema.Tests.Checkout;
using Equaticket.Schema.Webhooks.Feed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Equaticket.Schema.Tests.Subscriptions;

/// <summary>Which callers receive subscription events, and until when.</summary>
public sealed class SubscriptionAccessTests : ApiTest
{
    private static readonly StreamPosition Start = new(0, Guid.Empty, DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task Events_of_another_organization_or_mode_are_never_sent()
    {
        var (eventId, _) = await Org.Live.PutOnSaleAsync(price: 0);
        var stranger = await Host.CreateOrganizationAsync();
        foreach (var caller in new[] { stranger.Live, Org.Test })
        {
            foreach (var after in new[] { null, $"{Start}" })
            {
                await using var stream = await caller.SubscribeAsync(Following.Orders, new { eventId }, after);
                Assert.Null(stream.Begin);
                await stream.AssertEndsAsync("not_found");
            }
        }
    }

    [Fact]
    public async Task Subscriptions_have_the_same_access_rules_as_queries()
    {
        var (eventId, _) = await Org.Live.PutOnSaleAsync(price: 0);
        var seesEvents = await Org.CreateKeyAsync(livemode: true, Scope.EventsRead);
        var scanner = await Org.SignInAsync(Role.CheckInOnly);
        var manager = await Org.SignInAsync(Role.EventManager);
        Assert.Equal((false, false, true), await MayFollowAsync(seesEvents));
        Assert.Equal((false, false, true), await MayFollowAsync(scanner));
        Assert.Equal((true, true, true), await MayFollowAsync(manager));
        await using var nobody = await OpenSubscription.OpenAsync(
            Host.Http, Following.Sales, new { eventId }, after: null);
        Assert.Equal(401, nobody.Status);

        async Task<(bool Orders, bool CheckIns, bool Sales)> MayFollowAsync(IApiCaller caller) => (
            await MayAsync(caller, Following.Orders),
            await MayAsync(caller, Following.CheckIns),
            await MayAsync(caller, Following.Sales));

        async Task<bool> MayAsync(IApiCaller caller, string query)
        {
            await using var stream = await caller.SubscribeAsync(query, new { eventId });
            if (stream.Begin is not null)
                return true;
            await stream.AssertEndsAsync("forbidden");
            return false;
        }
    }

    [Fact]
    public async Task A_revoked_key_receives_no_more_events()
    {
        var (eventId, typeId) = await Org.Live.PutOnSaleAsync(price: 0);
        var key = await Org.CreateKeyAsync(livemode: true);
        await using var stream = await key.SubscribeAsync(Following.Orders, new { eventId });
        var owner = await Org.SignInAsync(Role.Owner);
        Assert.Equal(204, (await owner.DeleteAsync($"/api/settings/api-keys/{key.KeyId}")).Status);
        await Host.BuyAsync(eventId, typeId);
        await stream.AssertEndsAsync("unauthorized");
    }

    [Fact]
    public async Task Revoking_a_key_ends_its_stream_immediately()
    {
        var (eventId, _) = await Org.Live.PutOnSaleAsync(price: 0);
        var key = await Org.CreateKeyAsync(livemode: true);
        await using var stream = await key.SubscribeAsync(Following.Orders, new { eventId });
        var owner = await Org.SignInAsync(Role.Owner);
        Assert.Equal(204, (await owner.DeleteAsync($"/api/settings/api-keys/{key.KeyId}")).Status);
        Assert.True(await stream.HasNextAsync(SubscriptionExecutor.Heartbeat / 2));
        await stream.AssertEndsAsync("unauthorized");
    }

    [Fact]
    public async Task Revoking_a_key_ends_streams_older_than_its_cache_entry()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await TestHost.StartAsync(
            configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var org = await host.CreateOrganizationAsync();
        var (eventId, _) = await org.Test.PutOnSaleAsync(price: 0);
        await using var stream = await org.Test.SubscribeAsync(Following.Orders, new { eventId });
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await org.Test.GetAsync("/api/v1/events")).Status);
        var owner = await org.SignInAsync(Role.Owner);
        Assert.Equal(204, (await owner.DeleteAsync($"/api/settings/api-keys/{org.Test.KeyId}")).Status);
        await stream.AssertEndsAsync("unauthorized");
    }

    [Fact]
    public async Task A_session_that_ended_receives_no_more_events()
    {
        var (eventId, typeId) = await Org.Live.PutOnSaleAsync(price: 0);
        var (manager, sessions) = (await Org.SignInAsync(Role.EventManager), Host.Get<SessionRegistry>());
        var session = await sessions.BeginAsync(manager.UserId, "127.0.0.1", "Test", CancellationToken.None);
        await using var stream = await OpenSubscription.OpenAsync(
            Host.Http, Following.Orders, new { eventId }, after: null,
            ("Cookie", $"{SessionAuthentication.Cookie}={session}"), ("GraphQL-Require-Preflight", "1"));
        await Host.BuyAsync(eventId, typeId);
        Assert.NotNull(await stream.ReadAsync());
        await sessions.EndAsync(session, CancellationToken.None);
        await Host.BuyAsync(eventId, typeId);
        await stream.AssertEndsAsync("unauthorized");
    }

    [Fact]
    public async Task A_member_who_lost_the_role_receives_no_more_events()
    {
        var (eventId, typeId) = await Org.Live.PutOnSaleAsync(price: 0);
        var manager = await Org.SignInAsync(Role.EventManager);
        await using var stream = await manager.SubscribeAsync(Following.Orders, new { eventId });
        await Host.ExecuteSqlAsync(
            "UPDATE memberships SET role = 'check_in_only' WHERE user_id = $1", manager.UserId);
        await Host.BuyAsync(eventId, typeId);
        await stream.AssertEndsAsync("forbidden");
    }
}
