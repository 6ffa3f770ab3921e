using Equaticket.Persistence.Team;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Equaticket.Dashboard.Tests;

/// <summary>The steps for API keys in the guide "Using the Equaticket Public API".</summary>
[Trait("Category", "Tools")]
public sealed class GuideTests : BrowserTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task From_sign_up_to_a_revoked_key_whose_next_call_is_401(bool hasScripts)
    {
        var email = NewAddress();
        var page = await OpenAsync("/", hasScripts);
        await page.ExpectHeadingAsync("Sign in");
        await page.FollowAsync("Create an account");
        await page.EnterAsync("Organization", "Harbour Nights");
        await page.EnterAsync("Email", email);
        await page.EnterAsync("Password", Password);
        await page.PressAsync("Create account");
        await page.ExpectHeadingAsync("Check your email");
        await page.GotoAsync(await SentMail.LinkToAsync(Host, email, "confirm"));
        await page.PressAsync("Confirm email address");
        await page.ExpectHeadingAsync("Your email address was confirmed");
        await page.FollowAsync("Sign in");
        await SignInAsync(page, email);
        await page.ExpectHeadingAsync("Overview");
        await page.FollowAsync("API keys");
        await page.PressAsync("Accept the terms");
        await page.ExpectDoneAsync("You can now create keys");
        var key = await CreateKeyAsync(page);
        Assert.Equal(200, (await CallAsync(key)).Status);
        await page.FollowAsync("Done");
        await page.FollowAsync("Revoke My integration");
        await page.PressAsync("Revoke key");
        await page.ExpectDoneAsync("The key was revoked");
        Assert.Equal(401, (await CallAsync(key)).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Getting_an_API_key(bool hasScripts)
    {
        var page = await OpenAsAsync(Role.Owner, Test, hasScripts);
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Dashboard" })
            .GetByRole(AriaRole.List, new() { Name = "Settings: Developer" })
            .GetByRole(AriaRole.Link, new() { Name = "API keys" }).ClickAsync();
        var key = await CreateKeyAsync(page);
        Assert.StartsWith("sk_test_", key, StringComparison.Ordinal);
        await Expect(page.Button("Copy")).ToHaveCountAsync(hasScripts ? 2 : 0);
        await page.ExpectTextAsync("It is shown only once.");
        var events = await CallAsync(key);
        Assert.False((bool)events.Json!["livemode"]!);
        Assert.Equal(403, (await CallAsync(key, "/api/v1/orders")).Status);
        await page.FollowAsync("Done");
        await page.ExpectTextAsync(key[^4..]);
        await page.ExpectNoTextAsync(key);
        await page.FollowAsync("My integration");
        await page.ExpectNoTextAsync(key);
        Assert.DoesNotContain(key, await page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_describes_each_scope_as_the_guide_does()
    {
        var page = await OpenAsAsync(Role.Owner, $"{Keys}/new");
        (string Scope, string Words)[] guide =
        [
            ("events:read", "List and get events and ticket types"),
            ("events:write", "Create, update, publish, and cancel events"),
            ("ticket_types:write", "Create, update, and delete ticket types"),
            ("orders:read", "List and get orders"),
            ("attendees:read", "List attendees (tickets)"),
            ("webhooks:read", "List webhook subscriptions and delivery history"),
            ("webhooks:write", "Create, update, and delete webhook subscriptions"),
        ];
        var rows = page.Locator("#scopes .choice");
        await Expect(rows).ToHaveCountAsync(guide.Length);
        foreach (var (scope, words) in guide)
        {
            var row = rows.Filter(new() { Has = page.GetByLabel(scope) });
            await Expect(row).ToContainTextAsync(words.Replace("List attendees", "List and get attendees",
                StringComparison.Ordinal));
            await Expect(row).ToContainTextAsync("Grants access to: ");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_accepted_terms_key_creation_returns_403_until_they_are_accepted(bool hasScripts)
    {
        var organization = await WithoutTermsAsync();
        var home = $"/dashboard/{organization.Slug}/live/settings/developer/api-keys";
        var page = await OpenAsAsync(await AddUserAsync(Role.Owner, organization), home, hasScripts);
        var body = new { name = "Website", scopes = new[] { "events:read" }, mode = "test" };
        var refused = await page.APIRequest.PostAsync("/api/settings/api-keys", new() { DataObject = body });
        Assert.Equal(403, refused.Status);
        Assert.Contains("\"api_terms_required\"", await refused.TextAsync(), StringComparison.Ordinal);
        await page.FollowAsync("Create API key");
        await FillKeyAsync(page);
        await page.PressAsync("Create API key");
        await Expect(page.Locator(".summary")).ToContainTextAsync("must accept the API Terms of Service");
        await Expect(page.Locator(".summary")).ToBeFocusedAsync();
        await Expect(page.GetByLabel("Name")).ToHaveValueAsync("My integration");
        await page.PressAsync("Accept the terms");
        await page.ExpectDoneAsync("You can now create keys");
        await FillKeyAsync(page);
        await page.PressAsync("Create API key");
        Assert.Equal(200, (await CallAsync(await page.SecretAsync())).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Viewing_the_recent_activity_of_a_key(bool hasScripts)
    {
        await CallAsync(Org.Live.Secret, "/api/v1/orders");
        await CallAsync(Org.Live.Secret, "/api/v1/events?limit=1000");
        await CallAsync(Org.Test.Secret, "/api/v1/attendees");
        await UntilLoggedAsync(3);
        var page = await OpenAsAsync(Role.Owner, Keys, hasScripts);
        await page.Locator($"a[href$='api_key_id={Org.Live.KeyId}']").ClickAsync();
        await page.ExpectHeadingAsync("Activity log");
        await Expect(page.Locator("#requests")).ToContainTextAsync("GET /api/v1/orders");
        await Expect(page.Locator("#requests")).ToContainTextAsync("validation_error");
        await Expect(page.Locator("#requests")).Not.ToContainTextAsync("/api/v1/attendees");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Errors" })).ToContainTextAsync("limit");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Resetting_test_data_does_not_affect_live_data(bool hasScripts)
    {
        await Org.Test.CreatePublishedEventAsync("Rehearsal");
        await Org.Live.CreateEventAsync("Premiere");
        var page = await OpenAsAsync(Role.Admin, Keys, hasScripts);
        await page.FollowAsync("Reset test data");
        await Expect(page.Locator("dl.facts")).ToContainTextAsync("Events1");
        await page.EnterAsync("Type \"reset\" to confirm", "yes");
        await page.PressAsync("Reset test data");
        await page.ExpectFaultAsync("_confirm", "Type \"reset\" to confirm.");
        await page.EnterAsync("Type \"reset\" to confirm", "reset");
        await page.PressAsync("Reset test data");
        await page.ExpectDoneAsync("All test data was deleted");
        await Expect(page.Locator("dl.facts").First).ToContainTextAsync("Events0");
        await page.GotoAsync($"{Test}/events");
        await page.ExpectTextAsync("No events yet.");
        await page.GotoAsync($"{Live}/events");
        await page.ExpectTextAsync("Premiere");
    }

    /// <summary>The guide's steps, starting on the API keys page.</summary>
    private static async Task<string> CreateKeyAsync(IPage page)
    {
        await page.FollowAsync("Create API key");
        await FillKeyAsync(page);
        await page.PressAsync("Create API key");
        return await page.SecretAsync();
    }

    private static async Task FillKeyAsync(IPage page)
    {
        await page.EnterAsync("Name", "My integration");
        await page.GetByLabel("Test", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("events:read").CheckAsync();
    }

    private Task UntilLoggedAsync(int count) => Poll.UntilAsync(
        async () => (await Host.QuerySqlAsync<long>(
            "SELECT count(*) FROM api_requests WHERE organization_id = $1", Org.Organization.Id))[0] >= count);
}
