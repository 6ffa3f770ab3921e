using Equaticket.Persistence.Team;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Equaticket.Dashboard.Tests;

/// <summary>Passkeys in a real browser with a virtual authenticator, which creates real keys and signatures.</summary>
[Trait("Category", "Tools")]
public sealed class PasskeyTests : BrowserTest
{
    /// <summary>Browsers don't support passkeys for IP addresses.</summary>
    private string Home => $"http://localhost:{Host.Address.Port}";

    [Fact]
    public async Task A_passkey_is_added_signs_in_without_a_password_and_is_removed()
    {
        var email = await AddMemberAsync(Role.Owner);
        var page = await OpenAsPersonAsync(email);
        await AddPasskeyAsync(page, "Work laptop");
        await ExpectAddedAsync(page);
        await SignOutAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
        await SentMail.ExpectAsync(Host, email, "passkey was added");
        await page.GotoAsync("/dashboard/account/passkeys");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Work laptop" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The passkey was removed");
        await SignOutAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("The passkey was not accepted");
    }

    [Fact]
    public async Task A_passkey_confirms_the_users_identity()
    {
        var email = await AddMemberAsync(Role.Owner);
        var page = await OpenAsPersonAsync(email);
        await AddPasskeyAsync(page, "Phone");
        await ExpectAddedAsync(page);
        await page.GotoAsync("/dashboard/account/verify?return=/dashboard/account/authenticator");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm with a passkey" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Authenticator app");
    }

    [Fact]
    public async Task A_user_who_declines_sees_a_message_and_can_try_again()
    {
        var page = await OpenAsPersonAsync(await AddMemberAsync(Role.Owner), isVerified: false);
        await AddPasskeyAsync(page, "Phone");
        await Expect(page.GetByText("The passkey was not used. Try again.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Name")).ToHaveValueAsync("Phone");
    }

    private static async Task AddPasskeyAsync(IPage page, string name)
    {
        await page.GotoAsync("/dashboard/account/passkeys");
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add passkey" }).ClickAsync();
    }

    private static Task ExpectAddedAsync(IPage page) =>
        Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The passkey was added");

    private static async Task SignOutAsync(IPage page)
    {
        await page.GotoAsync("/dashboard/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sign in");
    }

    /// <param name="email">The email address of the user who signs in.</param>
    /// <param name="isVerified">Whether the user unlocks the authenticator.</param>
    private async Task<IPage> OpenAsPersonAsync(string email, bool isVerified = true)
    {
        var page = await OpenAsync("about:blank", new BrowserNewContextOptions { BaseURL = Home });
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new
            {
                protocol = "ctap2",
                transport = "internal",
                hasResidentKey = true,
                hasUserVerification = true,
                isUserVerified = isVerified,
                automaticPresenceSimulation = true,
            },
        });
        await page.GotoAsync("/dashboard");
        await SignInAsync(page, email);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
        return page;
    }
}
