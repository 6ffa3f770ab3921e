using Equaticket.Dashboard.Frame;
using Equaticket.Persistence.Team;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Equaticket.Dashboard.Tests;

/// <summary>The accessibility of pages after forms are submitted, and of account pages.</summary>
[Trait("Category", "Heavy")]
public sealed class StateLookTests : BrowserTest
{
    [Fact]
    public async Task Pages_without_a_session_are_accessible()
    {
        var look = new Look(await OpenAsync("about:blank"), Host.Address);
        string[] paths = ["sign-in", "sign-up", "forgot-password", "confirm?user=x&token=y", "invitation?token=x",
            "reset-password?user=x&token=y", "second-step"];
        foreach (var path in paths)
            await look.AtAsync(path.Split('?')[0], $"/dashboard/{path}");
        await look.AtAsync("missing", "/dashboard/nothing/at/all");
        look.AssertFine();
    }

    [Fact]
    public async Task Forms_without_a_session_are_accessible_with_errors_and_confirmations()
    {
        var page = await OpenAsync("/dashboard/sign-in");
        var look = new Look(page, Host.Address);
        await SignInAsync(page, "ada@example.com", "not the password");
        await page.ExpectFaultAsync("email", "");
        await look.AtAsync("sign-in-fault");
        await page.FollowAsync("Create an account");
        await page.EnterAsync("Organization", "Harbour Nights");
        await page.EnterAsync("Email", "ada@localhost");
        await page.EnterAsync("Password", Password);
        await page.PressAsync("Create account");
        await page.ExpectFaultAsync("email", "");
        await look.AtAsync("sign-up-fault");
        await page.EnterAsync("Email", NewAddress());
        await page.EnterAsync("Password", Password);
        await page.PressAsync("Create account");
        await page.ExpectHeadingAsync("Check your email");
        await look.AtAsync("sign-up-sent");
        await page.GotoAsync("/dashboard/forgot-password");
        await page.EnterAsync("Email", NewAddress());
        await page.PressAsync("Send link");
        await page.ExpectHeadingAsync("Check your email");
        await look.AtAsync("forgot-password-sent");
        look.AssertFine();
    }

    [Fact]
    public async Task Pages_without_a_database_are_accessible()
    {
        await using var host = await TestHost.StartAsync();
        var page = await OpenAsync(
            "about:blank", new BrowserNewContextOptions { BaseURL = host.Address.AbsoluteUri });
        await page.Context.AddCookiesAsync(
            [new() { Name = SessionAuthentication.Cookie, Value = "x", Url = host.Address.AbsoluteUri }]);
        await host.CloseDatabaseAsync();
        var look = new Look(page, host.Address);
        await look.AtAsync("unavailable", "/dashboard");
        await page.ExpectHeadingAsync("Equaticket is briefly unavailable");
        await look.AtAsync("event-unavailable", "/e/harbour-nights/pottery");
        await page.ExpectHeadingAsync("Equaticket is briefly unavailable");
        look.AssertFine();
    }

    [Fact]
    public async Task Pages_of_an_account_are_accessible()
    {
        var email = await AddMemberAsync(Role.Owner);
        var page = await OpenAsync("/dashboard/account");
        var look = new Look(page, Host.Address);
        await SignInAsync(page, email);
        await page.ExpectHeadingAsync("Your account");
        await look.AtAsync("account");
        await page.EnterAsync("Current password", "wrong");
        await page.EnterAsync("New password", "another long password");
        await page.PressAsync("Change password");
        await page.ExpectFaultAsync("password", "");
        await look.AtAsync("account-fault");
        await look.AtAsync("verify", "/dashboard/account/verify");
        await look.AtAsync("passkeys", "/dashboard/account/passkeys");
        await look.AtAsync("organizations", "/dashboard?switch=1");
        await page.GotoAsync("/dashboard/account/authenticator");
        await page.GetByText("Enter the key manually").ClickAsync();
        await look.AtAsync("authenticator");
        var secret = await page.Locator("#totp-key").InnerTextAsync();
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(AuthenticatorApp.Code(secret.Trim()));
        await page.PressAsync("Turn on");
        await page.ExpectHeadingAsync("Your recovery codes");
        await look.AtAsync("recovery-codes");
        await look.AtAsync("authenticator-on", "/dashboard/account/authenticator");
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/dashboard");
        await SignInAsync(page, email);
        await page.ExpectHeadingAsync("Enter a code");
        await page.EnterAsync("Code", "000000");
        await page.PressAsync("Continue");
        await page.ExpectFaultAsync("code", "");
        await look.AtAsync("second-step-fault");
        look.AssertFine();
    }

    [Fact]
    public async Task Forms_are_accessible_with_errors()
    {
        var id = await Org.Test.CreateEventAsync();
        var page = await OpenAsAsync(Role.Owner, "about:blank");
        var look = new Look(page, Host.Address);
        (string Name, string Path, string Button)[] forms =
        [
            ("api-key-new", $"{Keys}/new", "Create API key"),
            ("event-new", $"{Test}/events/new", "Create event"),
            ("event-edit", $"{Test}/events/{id}/edit", "Save"),
            ("ticket-type-new", $"{Test}/events/{id}/ticket-types/new", "Add ticket type"),
            ("webhook-new", $"{Live}/settings/developer/webhooks/new", "Add webhook"),
            ("team", $"{Live}/settings/team", "Send invitation"),
            ("test-data", $"{Keys}/reset-test-data", "Reset test data"),
            ("event-cancel", $"{Test}/events/{id}", "Cancel event"),
            ("organization", $"{Live}/settings/organization", "Save name"),
        ];
        foreach (var (name, path, button) in forms)
        {
            await page.GotoAsync(path);
            // Otherwise, the browser doesn't submit a form with missing fields.
            await page.EvaluateAsync("document.querySelectorAll('form').forEach(form => { form.noValidate = true; })");
            if (name is "event-edit" or "organization")
                await page.Locator("main form input[required]").First.FillAsync("");
            await page.PressAsync(button);
            await Expect(page.Locator(".summary")).ToBeFocusedAsync();
            await look.AtAsync($"{name}-fault");
        }

        look.AssertFine();
    }

    [Fact]
    public async Task Secrets_and_confirmations_are_accessible()
    {
        var page = await OpenAsAsync(Role.Owner, $"{Keys}/new?name=Website&scopes=events:read&mode=test");
        var look = new Look(page, Host.Address);
        await page.PressAsync("Create API key");
        await page.SecretAsync();
        await look.AtAsync("api-key-created");
        await page.FollowAsync("Done");
        await page.FollowAsync("Website");
        await page.PressAsync("Roll key");
        await page.SecretAsync();
        await look.AtAsync("api-key-rolled");
        await page.GotoAsync($"{Live}/settings/developer/webhooks/new");
        await page.EnterAsync("URL", "https://example.com/hook");
        await page.GetByLabel("order.created").CheckAsync();
        await page.PressAsync("Add webhook");
        await page.SecretAsync();
        await look.AtAsync("webhook-created");
        await page.GotoAsync($"{Keys}/{Org.Live.KeyId}");
        await page.PressAsync("Revoke key");
        await page.ExpectDoneAsync("The key was revoked");
        await look.AtAsync("api-keys-done");
        await look.AtAsync("api-key-revoked", $"{Keys}/{Org.Live.KeyId}");
        look.AssertFine();
    }

    [Fact]
    public async Task Scan_results_are_accessible()
    {
        var shop = await Org.Test.OpenShopAsync(price: 0);
        using var client = new DashboardClient(Host.Address);
        await client.BuyAsync(shop);
        var code = (string)(await Org.Test.GetAsync("/api/v1/attendees")).Json!["data"]![0]!["ticket_code"]!;
        var page = await OpenAsAsync(Role.CheckInOnly, $"{Test}/events/{shop.Id}/door");
        var look = new Look(page, Host.Address);
        foreach (var (typed, said) in new[] { (code, "Admit"), (code, "Already checked in"), ("AAAA", "AAAA") })
        {
            await page.EnterAsync("Ticket code", typed);
            await page.PressAsync("Check in");
            await Expect(page.Locator("#answer")).Not.ToContainTextAsync("Ready");
            if (said != typed)
                await Expect(page.Locator("#answer")).ToContainTextAsync(said);
            await look.AtAsync($"door-{said.Replace(' ', '-')}");
        }

        look.AssertFine();
    }
}
