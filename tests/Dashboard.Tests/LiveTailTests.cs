using Equaticket.Persistence.Team;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Equaticket.Dashboard.Tests;

/// <summary>The activity log shows new requests as they arrive, to users who still have access.</summary>
[Trait("Category", "Tools")]
public sealed class LiveTailTests : BrowserTest
{
    private string Log => $"{Live}/settings/developer/activity";

    [Fact]
    public async Task New_requests_appear_until_the_log_is_paused()
    {
        var page = await OpenAsAsync(Role.Admin, Log);
        await page.GetByRole(AriaRole.Button, new() { Name = "Follow live" }).ClickAsync();
        await Expect(page.Locator("#tail")).ToContainTextAsync("Following");
        await Org.Live.GetAsync("/api/v1/orders");
        await Expect(page.Locator("#requests")).ToContainTextAsync("/api/v1/orders");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(page.Locator("#tail")).ToContainTextAsync("Paused");
        await page.GetByRole(AriaRole.Button, new() { Name = "Follow live" }).ClickAsync();
        await Host.ExecuteSqlAsync("DELETE FROM sessions WHERE organization_id = $1", Org.Organization.Id);
        await Expect(page.Locator("#tail")).ToContainTextAsync("Ended");
    }

    [Fact]
    public async Task Live_updates_are_not_offered_without_scripts()
    {
        var page = await OpenAsAsync(Role.Admin, Log, hasScripts: false);
        await Expect(page.Locator("#tail")).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData("DELETE FROM memberships WHERE organization_id = $1")]
    [InlineData("UPDATE memberships SET role = 'event_manager' WHERE organization_id = $1")]
    [InlineData("DELETE FROM sessions WHERE organization_id = $1")]
    public async Task A_stream_ends_with_the_membership_the_role_and_the_session(string statement)
    {
        using var client = await SignInAsync(Role.Admin);
        await client.GetAsync(Log);
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = client.Cookies })
        {
            BaseAddress = Host.Address,
        };
        using var response = await http.GetAsync($"{Log}?tail=1", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no-store", $"{response.Headers.CacheControl}");
        await Host.ExecuteSqlAsync(statement, Org.Organization.Id);
        var all = await response.Content.ReadAsStringAsync();
        Assert.EndsWith("event: end\ndata:\n\n", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_is_for_admins_of_the_organization()
    {
        using var nobody = new DashboardClient(Host.Address);
        Assert.Equal(303, (await nobody.GetAsync($"{Log}?tail=1")).Status);
        using var manager = await SignInAsync(Role.EventManager);
        Assert.Equal(403, (await manager.GetAsync($"{Log}?tail=1")).Status);
        var other = await Host.CreateOrganizationAsync();
        using var stranger = await SignInAsync(Role.Owner, other.Organization);
        Assert.Equal(404, (await stranger.GetAsync($"{Log}?tail=1")).Status);
    }
}
