using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Equaticket.Persistence.Team;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Equaticket.Dashboard.Tests;

/// <summary>From an invitation to a code at sign-in, in a real browser, with each state checked on the way.</summary>
[Trait("Category", "Tools")]
public sealed class AccountBrowserTests(Browser browser) : DashboardTest, IClassFixture<Browser>
{
    private static readonly string Screenshots = Repository.File("artifacts/screenshots/dashboard");

    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions
        {
            Type = "tag",
            Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        },
    };

    [Theory]
    [InlineData(ColorScheme.Light, 1280, true)]
    [InlineData(ColorScheme.Dark, 390, false)]
    public async Task An_invited_person_joins_and_signs_in_with_codes(ColorScheme scheme, int width, bool hasScripts)
    {
        var email = $"browser-{scheme}-{width}-{Path.GetRandomFileName()}@example.com".ToLowerInvariant();
        var link = await InviteAsync(email);
        var page = await browser.OpenAsync(new()
        {
            ColorScheme = scheme,
            ViewportSize = new() { Width = width, Height = 900 },
            JavaScriptEnabled = hasScripts,
        });
        await page.GotoAsync(Host.Address + link[1..]);
        await CheckAsync("invitation");
        await page.GetByLabel("Choose a password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create account and join" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
        var codes = await TurnOnAsync();
        await CheckAsync("recovery-codes");
        await page.GotoAsync($"{Host.Address}dashboard/account/authenticator");
        await CheckAsync("authenticator-on");
        await page.GotoAsync($"{Host.Address}dashboard/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).First.ClickAsync();
        await page.GetByLabel("Email").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByLabel("Code").FillAsync("000000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("That code is not valid");
        await CheckAsync("second-step");
        await page.GetByLabel("Code").FillAsync(codes.Split('\n')[0]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");

        async Task<string> TurnOnAsync()
        {
            await page.GotoAsync($"{Host.Address}dashboard/account/authenticator");
            await page.GetByText("Enter the key by hand").ClickAsync();
            var secret = await page.Locator("#totp-key").InnerTextAsync();
            await page.GetByLabel("Code", new() { Exact = true }).FillAsync(AuthenticatorApp.Code(secret.Trim()));
            await page.GetByRole(AriaRole.Button, new() { Name = "Turn on" }).ClickAsync();
            return await page.Locator(".secret pre code").InnerTextAsync();
        }

        async Task CheckAsync(string name)
        {
            await page.ScreenshotAsync(new()
            {
                Path = Path.Join(Screenshots, $"{name}-{scheme}-{width}.png"),
                FullPage = true,
            });
            if (!hasScripts)
                return;
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth") <= 0, name);
            var result = await page.RunAxe(Rules);
            Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.Select(violation =>
                $"{name}: {violation.Id}: {string.Join(" ", violation.Nodes.Select(node => node.Html))}")));
        }
    }

    private async Task<string> InviteAsync(string email)
    {
        using var admin = await SignInAsync(Role.Admin);
        await admin.PostAsync($"{Live}/settings/team", "InviteMember", ("email", email), ("role", "event_manager"));
        return await SentMail.LinkToAsync(Host, email, "invitation");
    }
}
