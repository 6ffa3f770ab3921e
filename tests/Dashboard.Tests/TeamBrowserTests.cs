using Equaticket.Persistence.Team;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Equaticket.Dashboard.Tests;

/// <summary>Joining and leaving a team in a real browser.</summary>
[Trait("Category", "Tools")]
public sealed class TeamBrowserTests : BrowserTest
{
    private string Team => $"{Live}/settings/team";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_invited_user_joins_and_signs_in_with_codes(bool hasScripts)
    {
        var (email, page) = (NewAddress(), await OpenAsAsync(Role.Admin, Team, hasScripts));
        await page.EnterAsync("Email", email);
        await page.GetByLabel("Event manager").CheckAsync();
        await page.PressAsync("Send invitation");
        await page.ExpectDoneAsync("The invitation was sent");
        await page.ExpectTextAsync(email);
        var person = await OpenAsync(await SentMail.LinkToAsync(Host, email, "invitation"), hasScripts);
        await person.ExpectHeadingAsync($"Join {Org.Organization.Name}");
        await person.EnterAsync("Choose a password", Password);
        await person.PressAsync("Create account and join");
        await person.ExpectHeadingAsync("Overview");
        var code = await TurnCodesOnAsync(person);
        await SignOutAsync(person);
        await SignInAsync(person, email);
        await person.EnterAsync("Code", "000000");
        await person.PressAsync("Continue");
        await person.ExpectFaultAsync("code", "That code is not valid");
        await person.EnterAsync("Code", code);
        await person.PressAsync("Continue");
        await person.ExpectHeadingAsync("Overview");
    }

    [Fact]
    public async Task Inviting_a_member_is_rejected_and_the_form_keeps_its_values()
    {
        var known = await AddUserAsync(Role.EventManager);
        var page = await OpenAsAsync(Role.Admin, Team);
        await page.EnterAsync("Email", known.Email);
        await page.GetByLabel("Check-in only").CheckAsync();
        await page.PressAsync("Send invitation");
        await page.ExpectFaultAsync("email", "is already a member");
        await Expect(page.GetByLabel("Email")).ToHaveValueAsync(known.Email);
        await Expect(page.GetByLabel("Check-in only")).ToBeCheckedAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_members_role_changes_and_the_member_is_removed(bool hasScripts)
    {
        var member = await AddUserAsync(Role.CheckInOnly);
        var theirs = await OpenAsAsync(member, Live, hasScripts);
        var page = await OpenAsAsync(Role.Owner, Team, hasScripts);
        await page.FollowAsync(member.Email);
        await page.GetByLabel("Event manager").CheckAsync();
        await page.PressAsync("Change role");
        await page.ExpectDoneAsync("The role was changed");
        await theirs.GotoAsync($"{Live}/orders");
        await theirs.ExpectHeadingAsync("Orders");
        await page.EnterAsync("Type \"remove\" to confirm", "yes");
        await page.PressAsync("Remove member");
        await page.ExpectFaultAsync("_confirm", "Type \"remove\" to confirm.");
        await page.EnterAsync("Type \"remove\" to confirm", "remove");
        await page.PressAsync("Remove member");
        await page.ExpectDoneAsync("The member was removed");
        await theirs.ReloadAsync();
        await theirs.ExpectHeadingAsync("This page does not exist");
    }

    [Fact]
    public async Task Ownership_is_transferred_to_another_member()
    {
        var member = await AddUserAsync(Role.Admin);
        var page = await OpenAsAsync(Role.Owner, Team);
        await page.FollowAsync(member.Email);
        await page.EnterAsync("Type \"transfer\" to confirm", "transfer");
        await page.PressAsync("Transfer ownership");
        await page.ExpectDoneAsync("You are now an admin");
        await page.GotoAsync($"{Keys}/new");
        await page.ExpectTextAsync("This requires the role owner.");
    }

    [Fact]
    public async Task The_security_log_shows_what_users_did()
    {
        var owner = await AddUserAsync(Role.Owner);
        var page = await OpenAsAsync(owner, $"{Keys}/new?name=Website&scopes=events:read&mode=test");
        await page.PressAsync("Create API key");
        await page.SecretAsync();
        await page.FollowAsync("Security log");
        await Expect(page.GetByRole(AriaRole.Row, new() { NameRegex = new("Website") }))
            .ToContainTextAsync(owner.Email);
        await page.ChooseAsync("User", owner.Email);
        await page.PressAsync("Filter");
        await Expect(page.Locator("tbody")).ToContainTextAsync("Website");
        await page.EnterAsync("Before (UTC)", "2020-01-01T00:00");
        await page.PressAsync("Filter");
        await page.ExpectTextAsync("No entries match.");
    }

    private static async Task<string> TurnCodesOnAsync(IPage page)
    {
        await page.GotoAsync("/dashboard/account/authenticator");
        await page.GetByText("Enter the key manually").ClickAsync();
        var secret = await page.Locator("#totp-key").InnerTextAsync();
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(AuthenticatorApp.Code(secret.Trim()));
        await page.PressAsync("Turn on");
        await page.ExpectHeadingAsync("Your recovery codes");
        return (await page.Locator(".secret pre code").InnerTextAsync()).Split('\n')[0];
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.GotoAsync("/dashboard/account");
        await page.Button("Sign out").First.ClickAsync();
        await page.ExpectHeadingAsync("Sign in");
    }
}
