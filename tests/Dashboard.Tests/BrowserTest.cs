using Equaticket.Dashboard.Frame;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Team;
using Microsoft.Playwright;

namespace Equaticket.Dashboard.Tests;

/// <summary>A test in a real browser. Each test has its own cookies, and its pages close when it ends.</summary>
public abstract class BrowserTest : DashboardTest
{
    private readonly Browser _browser = new();

    public override async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>Opens a page without a session.</summary>
    /// <param name="path">The path, or a URL.</param>
    /// <param name="hasScripts">Whether the browser runs JavaScript.</param>
    protected Task<IPage> OpenAsync(string path, bool hasScripts = true) =>
        OpenAsync(path, new BrowserNewContextOptions { JavaScriptEnabled = hasScripts });

    protected async Task<IPage> OpenAsync(string path, BrowserNewContextOptions options)
    {
        options.BaseURL ??= Host.Address.AbsoluteUri;
        var page = await _browser.OpenAsync(options);
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>Opens a page as a new member of the organization.</summary>
    protected async Task<IPage> OpenAsAsync(Role role, string path, bool hasScripts = true) =>
        await OpenAsAsync(await AddUserAsync(role), path, hasScripts);

    /// <summary>Opens a page as a user, with a session that is created without the sign-in form.</summary>
    protected Task<IPage> OpenAsAsync(User user, string path, bool hasScripts = true) =>
        OpenAsAsync(user, path, new BrowserNewContextOptions { JavaScriptEnabled = hasScripts });

    protected async Task<IPage> OpenAsAsync(User user, string path, BrowserNewContextOptions options)
    {
        var key = await Host.Get<SessionRegistry>().BeginAsync(user.Id, "127.0.0.1", "Test", CancellationToken.None);
        var page = await OpenAsync("about:blank", options);
        await page.Context.AddCookiesAsync(
        [
            new()
            {
                Name = SessionAuthentication.Cookie,
                Value = key,
                Url = Host.Address.AbsoluteUri,
                HttpOnly = true,
                SameSite = SameSiteAttribute.Lax,
            },
        ]);
        await page.GotoAsync(path);
        return page;
    }

    /// <returns>A new member of the organization, without a password.</returns>
    protected Task<User> AddUserAsync(Role role, Organization? organization = null) =>
        Host.Get<UserRegistry>().CreateAsync(
            organization ?? Org.Organization, NewAddress(), role, password: null, CancellationToken.None);

    /// <summary>Signs in with the form, which the page already shows.</summary>
    protected static async Task SignInAsync(IPage page, string email, string password = Password)
    {
        await page.EnterAsync("Email", email);
        await page.EnterAsync("Password", password);
        await page.PressAsync("Sign in");
    }

    /// <summary>Calls the API with a key.</summary>
    protected Task<ApiResponse> CallAsync(string key, string path = "/api/v1/events") =>
        ApiResponse.SendAsync(Host.Http, HttpMethod.Get, path, key, body: null);
}
