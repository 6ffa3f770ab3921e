using System.Net;
using System.Text.RegularExpressions;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Team;

namespace Equaticket.Dashboard.Tests;

/// <summary>Authenticator codes, recovery codes, and identity confirmation before sensitive changes.</summary>
public sealed partial class FactorTests : DashboardTest
{
    private const string Page = "/dashboard/account/authenticator";
    private const string SecondStep = "/dashboard/second-step";

    [Fact]
    public async Task Sign_in_asks_for_a_code_once_codes_are_turned_on()
    {
        var (email, secret, _) = await TurnOnAsync();
        using var client = new DashboardClient(Host.Address);
        var half = await client.SignInAsync(email, Password, $"?return={Uri.EscapeDataString(Keys)}");
        Assert.Equal($"{SecondStep}?return={Uri.EscapeDataString(Keys)}", half.Location);
        Assert.Equal(303, (await client.GetAsync(Keys)).Status);
        var wrong = await client.PostAsync(half.Location!, "SecondStep", ("code", "000000"));
        Assert.Equal(400, wrong.Status);
        Assert.Contains("That code is not valid", wrong.Body, StringComparison.Ordinal);
        var right = await client.PostAsync(
            half.Location!, "SecondStep", ("code", AuthenticatorApp.Code(secret, steps: 1)));
        Assert.Equal((303, Keys), (right.Status, right.Location));
        Assert.Equal(200, (await client.GetAsync(Keys)).Status);
    }

    [Fact]
    public async Task A_code_works_once()
    {
        var (email, secret, _) = await TurnOnAsync();
        var code = AuthenticatorApp.Code(secret, steps: 1);
        using var client = new DashboardClient(Host.Address);
        await client.SignInAsync(email, Password);
        Assert.Equal(303, (await client.PostAsync(SecondStep, "SecondStep", ("code", code))).Status);
        using var thief = new DashboardClient(Host.Address);
        await thief.SignInAsync(email, Password);
        Assert.Equal(400, (await thief.PostAsync(SecondStep, "SecondStep", ("code", code))).Status);
    }

    [Fact]
    public async Task A_recovery_code_works_once_and_is_stored_hashed()
    {
        var (email, _, codes) = await TurnOnAsync();
        Assert.Equal(10, codes.Count);
        Assert.Equal([0L], await Host.QuerySqlAsync<long>(
            "SELECT count(*) FROM recovery_codes AS c WHERE c::text LIKE '%' || $1 || '%'", codes[0]));
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var client = new DashboardClient(Host.Address);
            await client.SignInAsync(email, Password);
            var answer = await client.PostAsync(SecondStep, "SecondStep", ("code", codes[0].ToUpperInvariant()));
            Assert.Equal(attempt == 0 ? 303 : 400, answer.Status);
        }
    }

    [Fact]
    public async Task Guessing_codes_locks_the_account_even_for_the_right_code()
    {
        var (email, secret, _) = await TurnOnAsync();
        using var client = new DashboardClient(Host.Address);
        await client.SignInAsync(email, Password);
        for (var attempt = 0; attempt < SignIn.MaxAttempts; attempt++)
            await client.PostAsync(SecondStep, "SecondStep", ("code", "000000"));
        var code = AuthenticatorApp.Code(secret, steps: 1);
        Assert.Equal(400, (await client.PostAsync(SecondStep, "SecondStep", ("code", code))).Status);
    }

    [Fact]
    public async Task The_second_step_requires_the_first()
    {
        using var client = new DashboardClient(Host.Address);
        client.Cookies.Add(Host.Address, new Cookie("equaticket_second_step", "forged"));
        var answer = await client.GetAsync(SecondStep);
        Assert.Equal((303, "/dashboard/sign-in"), (answer.Status, answer.Location));
    }

    [Fact]
    public async Task Turning_off_codes_requires_the_password_and_sends_an_email()
    {
        var (email, secret, codes) = await TurnOnAsync();
        using var client = new DashboardClient(Host.Address);
        await client.SignInAsync(email, Password);
        await client.PostAsync(SecondStep, "SecondStep", ("code", AuthenticatorApp.Code(secret, steps: 1)));
        Assert.Equal(400, (await client.PostAsync(Page, "DisableTotp", ("password", "not the password"))).Status);
        Assert.Equal(303, (await client.PostAsync(Page, "DisableTotp", ("password", Password))).Status);
        await SentMail.ExpectAsync(Host, email, "turned off");
        using var later = new DashboardClient(Host.Address);
        Assert.Equal("/dashboard", (await later.SignInAsync(email, Password)).Location);
        Assert.Equal([0L], await Host.QuerySqlAsync<long>(
            "SELECT count(*) FROM recovery_codes c JOIN users u ON u.id = c.user_id WHERE u.email = $1", email));
        Assert.NotEmpty(codes);
    }

    [Theory]
    [InlineData(Page)]
    [InlineData("/dashboard/account/passkeys")]
    public async Task Changing_how_to_sign_in_requires_a_recent_confirmation(string path)
    {
        var email = await AddMemberAsync(Role.Owner);
        using var client = new DashboardClient(Host.Address);
        await client.SignInAsync(email, Password);
        await AgeAsync(email);
        var asked = await client.GetAsync(path);
        var verify = $"/dashboard/account/verify?return={Uri.EscapeDataString(path)}";
        Assert.Equal((303, verify), (asked.Status, asked.Location));
        Assert.Equal(400, (await client.PostAsync(verify, "VerifyPassword", ("password", "wrong"))).Status);
        var proved = await client.PostAsync(verify, "VerifyPassword", ("password", Password));
        Assert.Equal((303, path), (proved.Status, proved.Location));
        Assert.Equal(200, (await client.GetAsync(path)).Status);
    }

    [Fact]
    public async Task An_expired_confirmation_does_not_turn_on_codes()
    {
        var email = await AddMemberAsync(Role.Owner);
        using var client = new DashboardClient(Host.Address);
        await client.SignInAsync(email, Password);
        var page = await client.GetAsync(Page);
        await AgeAsync(email);
        var code = AuthenticatorApp.Code(Secret().Match(page.Body).Groups[1].Value);
        var answer = await client.SendAsync(
            DashboardClient.Form(Page, page.FormOf("EnableTotp"), ("code", code)));
        Assert.Equal(303, answer.Status);
        Assert.Equal([0L], await Host.QuerySqlAsync<long>(
            "SELECT count(*) FROM users WHERE email = $1 AND totp_enabled_at IS NOT NULL", email));
    }

    [Fact]
    public async Task A_password_change_is_in_the_security_log_and_sends_an_email()
    {
        var email = await AddMemberAsync(Role.Owner);
        using var client = new DashboardClient(Host.Address);
        await client.SignInAsync(email, Password);
        var changed = await client.PostAsync(
            "/dashboard/account", "ChangePassword", ("password", Password), ("new_password", "another long password"));
        Assert.Equal(303, changed.Status);
        await SentMail.ExpectAsync(Host, email, "password was changed");
        Assert.Contains(
            "A member changed their password", (await client.GetAsync($"{Live}/settings/security-log")).Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_pages_require_sign_in()
    {
        using var nobody = new DashboardClient(Host.Address);
        foreach (var path in new[] { Page, "/dashboard/account/passkeys", "/dashboard/account/verify" })
        {
            var answer = await nobody.GetAsync(path);
            Assert.Equal(
                (303, $"/dashboard/sign-in?return={Uri.EscapeDataString(path)}"), (answer.Status, answer.Location));
        }
    }

    /// <summary>Ages the user's last identity confirmation past its lifetime.</summary>
    private Task AgeAsync(string email) => Host.ExecuteSqlAsync(
        """
        UPDATE sessions SET verified_at = verified_at - interval '11 minutes'
        WHERE user_id = (SELECT id FROM users WHERE email = $1)
        """, email);

    private async Task<(string Email, string Secret, IReadOnlyList<string> Codes)> TurnOnAsync()
    {
        var email = await AddMemberAsync(Role.Owner);
        using var client = new DashboardClient(Host.Address);
        await client.SignInAsync(email, Password);
        var page = await client.GetAsync(Page);
        Assert.True(page.Status == 200, page.Body);
        var secret = Secret().Match(page.Body).Groups[1].Value;
        Assert.Equal(400, (await client.PostAsync(Page, "EnableTotp", ("code", "12345"))).Status);
        var on = await client.PostAsync(Page, "EnableTotp", ("code", AuthenticatorApp.Code(secret)));
        Assert.True(on.Status == 200, on.Body);
        return (email, secret, [.. RecoveryCode().Matches(on.Body).Select(match => match.Value)]);
    }

    [GeneratedRegex("<code id=\"totp-key\">([A-Z2-7]+)</code>")]
    private static partial Regex Secret();

    [GeneratedRegex("(?<![a-z0-9-])[a-z2-9]{5}-[a-z2-9]{5}(?![a-z0-9-])")]
    private static partial Regex RecoveryCode();
}
