using Equaticket.Dashboard.Frame;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Team;

namespace Equaticket.Dashboard.Tests;

/// <summary>Sign-up, sign-in, password resets, and sessions, none of which reveal whether an account exists.</summary>
public sealed class AccountTests : DashboardTest
{
    [Fact]
    public async Task Sign_up_creates_an_organization_that_its_owner_can_enter_after_confirming_the_email_address()
    {
        using var client = new DashboardClient(Host.Address);
        var email = NewAddress();
        var sent = await SignUpAsync(client, email);
        Assert.Contains("Check your email", sent.Body, StringComparison.Ordinal);
        Assert.Contains(
            "Confirm your email address first",
            (await client.SignInAsync(email, Password)).Body, StringComparison.Ordinal);

        var link = await SentMail.LinkToAsync(Host, email, "confirm");
        Assert.Contains(
            "email address was confirmed", (await client.PostAsync(link, "Confirm")).Body, StringComparison.Ordinal);
        Assert.Equal(303, (await client.SignInAsync(email, Password)).Status);
        var start = await client.GetAsync("/dashboard");
        Assert.Matches("^/dashboard/harbour-nights(-[0-9]+)?/live$", start.Location!);
        var page = await client.GetAsync(start.Location!);
        Assert.Contains("Harbour Nights", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_up_does_not_reveal_whether_the_address_has_an_account()
    {
        using var client = new DashboardClient(Host.Address);
        var known = await AddMemberAsync(Role.Owner);
        var (first, second) = (await SignUpAsync(client, known), await SignUpAsync(client, NewAddress()));
        Assert.Equal((first.Status, first.Stable), (second.Status, second.Stable));
        await SentMail.ExpectAsync(Host, known, "already have an account");
    }

    [Fact]
    public async Task Sign_in_responds_the_same_to_a_wrong_password_a_missing_account_and_a_locked_one()
    {
        using var client = new DashboardClient(Host.Address);
        var known = await AddMemberAsync(Role.Owner);
        var wrong = await client.SignInAsync(known, "not the password");
        var missing = await client.SignInAsync(NewAddress(), "not the password");
        for (var attempt = 1; attempt < SignIn.MaxAttempts; attempt++)
            await client.SignInAsync(known, "not the password");
        var locked = await client.SignInAsync(known, Password);
        Assert.All(
            [missing, locked],
            answer => Assert.Equal((wrong.Status, wrong.Stable), (answer.Status, answer.Stable)));
        Assert.Equal(400, wrong.Status);
    }

    [Fact]
    public async Task Concurrent_attempts_lock_the_account_like_sequential_ones()
    {
        var email = await AddMemberAsync(Role.Owner);
        await Task.WhenAll(Enumerable.Range(0, 30).Select(async _ =>
        {
            using var client = new DashboardClient(Host.Address);
            await client.SignInAsync(email, "not the password");
        }));
        using var right = new DashboardClient(Host.Address);
        Assert.Equal(400, (await right.SignInAsync(email, Password)).Status);
    }

    [Fact]
    public async Task Attempts_from_an_IP_address_are_limited()
    {
        await using var host = await TestHost.StartAsync(configure: builder =>
            builder.Configuration["RateLimits:SignInPerMinute"] = "3");
        using var client = new DashboardClient(host.Address);
        var statuses = new List<int>();
        for (var attempt = 0; attempt < 5; attempt++)
            statuses.Add((await client.SignInAsync("nobody@example.com", "not the password")).Status);
        Assert.Contains(429, statuses);
    }

    [Fact]
    public async Task Sign_in_replaces_a_session_cookie_that_an_attacker_planted()
    {
        using var client = new DashboardClient(Host.Address);
        client.Cookies.Add(Host.Address, new System.Net.Cookie(SessionAuthentication.Cookie, new string('a', 64)));
        await client.SignInAsync(await AddMemberAsync(Role.Owner), Password);
        var key = client.Cookies.GetCookies(Host.Address)[SessionAuthentication.Cookie]!.Value;
        Assert.NotEqual(new string('a', 64), key);
        using var attacker = new DashboardClient(Host.Address);
        attacker.Cookies.Add(Host.Address, new System.Net.Cookie(SessionAuthentication.Cookie, new string('a', 64)));
        Assert.Equal(303, (await attacker.GetAsync(Keys)).Status);
    }

    [Fact]
    public async Task A_reset_link_changes_the_password_once_and_signs_out_everywhere()
    {
        var email = await AddMemberAsync(Role.Owner);
        using var old = new DashboardClient(Host.Address);
        await old.SignInAsync(email, Password);
        using var client = new DashboardClient(Host.Address);
        await client.PostAsync("/dashboard/forgot-password", "ForgotPassword", ("email", email));
        var link = await SentMail.LinkToAsync(Host, email, "reset-password");
        Assert.Contains(
            "12 to 200 characters",
            (await client.PostAsync(link, "ResetPassword", ("password", "short"))).Body, StringComparison.Ordinal);
        const string changed = "another long password";
        Assert.Equal(200, (await client.PostAsync(link, "ResetPassword", ("password", changed))).Status);
        Assert.Contains(
            "no longer valid",
            (await client.PostAsync(link, "ResetPassword", ("password", changed))).Body, StringComparison.Ordinal);
        Assert.Equal(303, (await old.GetAsync(Keys)).Status);
        Assert.Equal(400, (await client.SignInAsync(email, Password)).Status);
        Assert.Equal(303, (await client.SignInAsync(email, changed)).Status);
    }

    [Fact]
    public async Task A_reset_does_not_reveal_whether_the_address_has_an_account()
    {
        using var client = new DashboardClient(Host.Address);
        var known = await client.PostAsync(
            "/dashboard/forgot-password", "ForgotPassword", ("email", await AddMemberAsync(Role.Owner)));
        var missing = await client.PostAsync(
            "/dashboard/forgot-password", "ForgotPassword", ("email", NewAddress()));
        Assert.Equal((known.Status, known.Stable), (missing.Status, missing.Stable));
    }

    [Fact]
    public async Task A_user_signs_out_other_sessions_then_this_one()
    {
        var email = await AddMemberAsync(Role.Owner);
        using var here = new DashboardClient(Host.Address);
        using var there = new DashboardClient(Host.Address);
        await here.SignInAsync(email, Password);
        await there.SignInAsync(email, Password);
        Assert.Equal(303, (await here.PostAsync("/dashboard/account", "EndOthers")).Status);
        Assert.Equal(303, (await there.GetAsync(Keys)).Status);
        Assert.Equal(200, (await here.GetAsync(Keys)).Status);
        Assert.Equal(303, (await here.PostAsync("/dashboard/account", "SignOut")).Status);
        Assert.Equal(303, (await here.GetAsync(Keys)).Status);
    }

    [Fact]
    public async Task A_user_cannot_sign_out_another_users_session()
    {
        using var victim = await SignInAsync(Role.Owner);
        var id = (await Host.QuerySqlAsync<Guid>(
            "SELECT s.id FROM sessions AS s JOIN memberships AS m USING (user_id) WHERE m.organization_id = $1",
            Org.Organization.Id))[0];
        var email = await AddMemberAsync(Role.Admin);
        using var one = new DashboardClient(Host.Address);
        using var two = new DashboardClient(Host.Address);
        await one.SignInAsync(email, Password);
        await two.SignInAsync(email, Password);
        await one.PostAsync("/dashboard/account", "EndSession", ("id", $"{id}"));
        Assert.Equal(200, (await victim.GetAsync(Keys)).Status);
    }

    [Theory]
    [InlineData("https://evil.example", "/dashboard")]
    [InlineData("//evil.example", "/dashboard")]
    [InlineData("/\\evil.example", "/dashboard")]
    [InlineData("/graphql", "/dashboard")]
    [InlineData("/dashboardx", "/dashboard")]
    [InlineData("/dashboard/account", "/dashboard/account")]
    public async Task Sign_in_returns_only_to_pages_of_the_dashboard(string wanted, string location)
    {
        using var client = new DashboardClient(Host.Address);
        var answer = await client.SignInAsync(
            await AddMemberAsync(Role.Owner), Password, $"?return={Uri.EscapeDataString(wanted)}");
        Assert.Equal((303, location), (answer.Status, answer.Location));
    }

    private static Task<PageAnswer> SignUpAsync(DashboardClient client, string email) => client.PostAsync(
        "/dashboard/sign-up", "SignUp",
        ("organization", "Harbour Nights"), ("email", email), ("password", Password));
}
