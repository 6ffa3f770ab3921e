using System.Text.RegularExpressions;
using Equaticket.Persistence.Team;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Equaticket.Dashboard.Tests;

/// <summary>API keys in a real browser: forms, links and the clipboard.</summary>
[Trait("Category", "Tools")]
public sealed class KeyBrowserTests : BrowserTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_error_has_the_focus_links_to_its_field_and_keeps_the_input(bool hasScripts)
    {
        var page = await OpenAsAsync(Role.Owner, $"{Keys}/new", hasScripts);
        await page.EnterAsync("Name", "Nightly export");
        await page.GetByLabel("Test", new() { Exact = true }).CheckAsync();
        await page.PressAsync("Create API key");
        await page.ExpectFaultAsync("scopes", "");
        await Expect(page).ToHaveTitleAsync(new Regex("^Error: "));
        await page.GetByLabel("orders:read").CheckAsync();
        await page.EnterAsync("Expiration date", "2020-01-01");
        await page.ChooseAsync("Expiration", "never, or on the date below");
        await page.PressAsync("Create API key");
        await page.ExpectFaultAsync("expires_at", "must be in the future.");
        await Expect(page.GetByLabel("Name")).ToHaveValueAsync("Nightly export");
        await Expect(page.GetByLabel("Test", new() { Exact = true })).ToBeCheckedAsync();
        await Expect(page.GetByLabel("orders:read")).ToBeCheckedAsync();
        await Expect(page.GetByLabel("Expiration date")).ToHaveValueAsync("2020-01-01");
        await Expect(page.Locator("#expires_at option:checked")).ToHaveTextAsync("never, or on the date below");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_double_click_creates_one_key(bool hasScripts)
    {
        var page = await OpenAsAsync(Role.Owner, $"{Keys}/new?name=Website&scopes=events:read&mode=test", hasScripts);
        await page.Button("Create API key").DblClickAsync();
        Assert.Equal(200, (await CallAsync(await page.SecretAsync())).Status);
        await page.FollowAsync("Done");
        await Expect(page.Link("Website")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_link_fills_the_form_in()
    {
        var path = $"{Keys}/new?name=Shop&scopes=events:read,orders:read&mode=test&expires=30";
        var page = await OpenAsync(path);
        var email = await AddMemberAsync(Role.Owner);
        await SignInAsync(page, email);
        await Expect(page).ToHaveURLAsync(Host.Address + path[1..]);
        await Expect(page.GetByLabel("Name")).ToHaveValueAsync("Shop");
        await Expect(page.GetByRole(AriaRole.Checkbox, new() { Checked = true })).ToHaveCountAsync(2);
        await Expect(page.GetByLabel("Test", new() { Exact = true })).ToBeCheckedAsync();
        await Expect(page.Locator("#expires_at option:checked")).ToHaveTextAsync("in 30 days");
        await page.PressAsync("Create API key");
        Assert.StartsWith("sk_test_", await page.SecretAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_and_its_first_call_are_copied_to_the_clipboard()
    {
        var page = await OpenAsAsync(Role.Owner, $"{Keys}/new?name=Website&scopes=events:read&mode=test");
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.PressAsync("Create API key");
        var key = await page.SecretAsync();
        await page.Button("Copy").First.ClickAsync();
        await Expect(page.GetByText("Copied").First).ToBeVisibleAsync();
        Assert.Equal(key, await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        await page.Button("Copy").Last.ClickAsync();
        await Expect(page.GetByText("Copied")).ToHaveCountAsync(2);
        Assert.Equal(
            $"curl {Host.Address}api/v1/events \\\n  -H \"Authorization: Bearer {key}\"",
            await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_rolled_key_works_alongside_the_old_one_until_it_expires(bool hasScripts)
    {
        var page = await OpenAsAsync(Role.Owner, $"{Keys}/{Org.Live.KeyId}", hasScripts);
        await page.ChooseAsync("The old key stops working", "in 1 day");
        await page.PressAsync("Roll key");
        var key = await page.SecretAsync();
        Assert.Equal(200, (await CallAsync(key)).Status);
        Assert.Equal(200, (await CallAsync(Org.Live.Secret)).Status);
        await page.GotoAsync($"{Keys}/{Org.Live.KeyId}");
        await Expect(page.Locator("dl.facts").First).Not.ToContainTextAsync("ExpiresNever");
    }

    [Fact]
    public async Task An_admin_sees_who_can_create_and_revoke_keys()
    {
        var page = await OpenAsAsync(Role.Admin, $"{Keys}/new");
        await page.ExpectTextAsync("This requires the role owner.");
        await Expect(page.Button("Create API key")).ToHaveCountAsync(0);
        await page.GotoAsync($"{Keys}/{Org.Live.KeyId}");
        await Expect(page.GetByText("This requires the role owner.")).ToHaveCountAsync(2);
        await Expect(page.Button("Revoke key")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_key_shows_its_recent_calls_before_it_is_revoked()
    {
        await CallAsync(Org.Live.Secret, "/api/v1/orders");
        await CallAsync(Org.Live.Secret, "/api/v1/events?limit=1000");
        var page = await OpenAsAsync(Role.Owner, $"{Keys}/{Org.Live.KeyId}");
        await page.ReloadUntilAsync("requests in the last hour (1 failed)");
        await page.ExpectTextAsync("/api/v1/events");
        await Expect(page.GetByText("never used").First).ToBeVisibleAsync();
    }
}
