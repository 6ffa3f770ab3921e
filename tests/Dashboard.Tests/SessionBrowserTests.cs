using System.Text.RegularExpressions;
using Equaticket.Persistence.Team;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Equaticket.Dashboard.Tests;

/// <summary>Signing in and out in a real browser, and sessions that end.</summary>
[Trait("Category", "Tools")]
public sealed class SessionBrowserTests : BrowserTest
{
    private const string Account = "/dashboard/account";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_that_expires_returns_to_the_page_after_sign_in(bool hasScripts)
    {
        var email = await AddMemberAsync(Role.Owner);
        var path = $"{Keys}/new?name=Website&scopes=events:read";
        var page = await OpenAsync(path, hasScripts);
        await SignInAsync(page, email);
        await page.ExpectHeadingAsync("Create API key");
        await EndSessionsAsync();
        await page.PressAsync("Create API key");
        await page.ExpectHeadingAsync("Sign in");
        await SignInAsync(page, email);
        await page.ExpectHeadingAsync("Create API key");
        await page.EnterAsync("Name", "Website");
        await page.GetByLabel("events:read").CheckAsync();
        await page.PressAsync("Create API key");
        Assert.Equal(200, (await CallAsync(await page.SecretAsync())).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_user_signs_out_everywhere_else(bool hasScripts)
    {
        var user = await AddUserAsync(Role.Admin);
        var here = await OpenAsAsync(user, Account, hasScripts);
        var there = await OpenAsAsync(user, Live, hasScripts);
        await here.ReloadAsync();
        await Expect(here.GetByRole(AriaRole.Region, new() { Name = "Sessions" }).Locator("tbody tr"))
            .ToHaveCountAsync(2);
        await here.PressAsync("Sign out everywhere else");
        await here.ExpectDoneAsync("");
        await Expect(here.GetByRole(AriaRole.Region, new() { Name = "Sessions" }).Locator("tbody tr"))
            .ToHaveCountAsync(1);
        await there.ReloadAsync();
        await there.ExpectHeadingAsync("Sign in");
        await here.GotoAsync(Live);
        await here.ExpectHeadingAsync("Overview");
    }

    [Theory]
    [InlineData("https://evil.example/dashboard")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/dashboard/../../evil")]
    public async Task Sign_in_never_redirects_to_another_site(string wanted)
    {
        var page = await OpenAsync($"/dashboard/sign-in?return={Uri.EscapeDataString(wanted)}");
        await SignInAsync(page, await AddMemberAsync(Role.Owner));
        await Expect(page).Not.ToHaveURLAsync(new Regex("sign-in"));
        Assert.StartsWith(Host.Address.AbsoluteUri, page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wrong_password_keeps_the_email_address_and_suggests_what_to_do(bool hasScripts)
    {
        var page = await OpenAsync("/dashboard", hasScripts);
        var email = await AddMemberAsync(Role.Owner);
        await SignInAsync(page, email, "not the password");
        await page.ExpectFaultAsync("email", "Incorrect email or password");
        await Expect(page.GetByLabel("Email")).ToHaveValueAsync(email);
        await Expect(page.GetByLabel("Password")).ToHaveValueAsync("");
        await page.EnterAsync("Password", Password);
        await page.PressAsync("Sign in");
        await page.ExpectHeadingAsync("Overview");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_forgotten_password_is_reset_through_a_link_in_an_email(bool hasScripts)
    {
        var email = await AddMemberAsync(Role.Owner);
        var page = await OpenAsync("/dashboard", hasScripts);
        await page.FollowAsync("Forgot your password?");
        await page.EnterAsync("Email", email);
        await page.PressAsync("Send link");
        await page.ExpectHeadingAsync("Check your email");
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        await page.GotoAsync(await SentMail.LinkToAsync(Host, email, "reset-password"));
        await page.EnterAsync("New password", "another long password");
        await page.PressAsync("Change password");
        await page.ExpectHeadingAsync("Your password was changed");
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        await page.FollowAsync("Sign in");
        await SignInAsync(page, email, "another long password");
        await page.ExpectHeadingAsync("Overview");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_changed_password_signs_out_other_browsers(bool hasScripts)
    {
        var email = await AddMemberAsync(Role.Owner);
        var (here, there) = (await OpenAsync(Account, hasScripts), await OpenAsync(Account, hasScripts));
        await SignInAsync(here, email);
        await SignInAsync(there, email);
        await there.ExpectHeadingAsync("Your account");
        await here.EnterAsync("Current password", "wrong");
        await here.EnterAsync("New password", "another long password");
        await here.PressAsync("Change password");
        await here.ExpectFaultAsync("password", "");
        await here.EnterAsync("Current password", Password);
        await here.EnterAsync("New password", "another long password");
        await here.PressAsync("Change password");
        await here.ExpectDoneAsync("");
        await there.ReloadAsync();
        await there.ExpectHeadingAsync("Sign in");
    }

    [Fact]
    public async Task A_member_of_two_organizations_switches_between_them()
    {
        var user = await AddUserAsync(Role.Owner);
        var other = await Host.CreateOrganizationAsync();
        await Host.ExecuteSqlAsync(
            "INSERT INTO memberships (organization_id, user_id, role, created_at) VALUES ($1, $2, 'admin', now())",
            other.Organization.Id, user.Id);
        var page = await OpenAsAsync(user, Live);
        await page.FollowAsync("Switch organization");
        await page.Locator($"a[href='/dashboard/{other.Slug}/live']").ClickAsync();
        await Expect(page.Locator(".organization")).ToContainTextAsync(other.Organization.Name);
        await page.GotoAsync("/dashboard");
        await Expect(page.Locator(".organization")).ToContainTextAsync(other.Organization.Name);
    }

    [Fact]
    public async Task A_lost_role_shows_why()
    {
        var page = await OpenAsAsync(Role.Admin, $"{Live}/events");
        await Host.ExecuteSqlAsync(
            "UPDATE memberships SET role = 'check_in_only' WHERE organization_id = $1", Org.Organization.Id);
        await page.FollowAsync("Orders");
        await page.ExpectHeadingAsync("You don't have access to this page");
        await page.ExpectTextAsync("This requires the");
        await page.ExpectTextAsync("Request ID:");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_tabs_never_mix_modes(bool hasScripts)
    {
        var live = await OpenAsAsync(Role.Admin, $"{Live}/settings/developer/webhooks", hasScripts);
        await live.ExpectNoTextAsync("Test mode.");
        var test = await live.Context.NewPageAsync();
        await test.GotoAsync(live.Url);
        await test.FollowAsync("Test");
        await Expect(test).ToHaveURLAsync($"{Host.Address}{Test[1..]}/settings/developer/webhooks");
        await Expect(test.GetByLabel("Test mode")).ToContainTextAsync("no money moves");
        await test.FollowAsync("Events");
        await Expect(test.GetByLabel("Test mode")).ToBeVisibleAsync();
        await live.FollowAsync("Events");
        await Expect(live).ToHaveURLAsync($"{Host.Address}{Live[1..]}/events");
        await live.ExpectNoTextAsync("Test mode.");
    }

    private Task EndSessionsAsync() => Host.ExecuteSqlAsync(
        "DELETE FROM sessions WHERE user_id IN (SELECT user_id FROM memberships WHERE organization_id = $1)",
        Org.Organization.Id);
}
