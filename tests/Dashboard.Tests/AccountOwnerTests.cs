using Equaticket.Persistence.Team;
using Equaticket.Schema.Team;

namespace Equaticket.Dashboard.Tests;

/// <summary>An account belongs to the owner of its address, whoever else knew a password or had a session.</summary>
public sealed class AccountOwnerTests : DashboardTest
{
    private const string Changed = "another long password";

    [Fact]
    public async Task Creating_a_user_discards_the_password_of_an_unconfirmed_sign_up()
    {
        using var stranger = new DashboardClient(Host.Address);
        var email = NewAddress();
        await stranger.PostAsync(
            "/dashboard/sign-up", "SignUp",
            ("organization", "Harbour Nights"), ("email", email), ("password", Password));
        var link = await SentMail.LinkToAsync(Host, email, "confirm");
        await CreateUserAsync(email, password: null);
        Assert.Equal(400, (await stranger.SignInAsync(email, Password)).Status);
        Assert.Contains(
            "no longer valid", (await stranger.PostAsync(link, "Confirm")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Creating_a_user_who_has_an_account_keeps_their_password()
    {
        var email = await AddMemberAsync(Role.Owner);
        await CreateUserAsync(email, password: null);
        using var client = new DashboardClient(Host.Address);
        Assert.Equal(303, (await client.SignInAsync(email, Password)).Status);
    }

    [Fact]
    public async Task A_password_from_an_operator_ends_sessions_and_reset_links()
    {
        var email = await AddMemberAsync(Role.Owner);
        using var old = new DashboardClient(Host.Address);
        await old.SignInAsync(email, Password);
        var link = await RequestResetAsync(email);
        await CreateUserAsync(email, Changed);
        Assert.Equal(303, (await old.GetAsync(Keys)).Status);
        Assert.Equal(400, (await old.PostAsync(link, "ResetPassword", ("password", Password))).Status);
        Assert.Equal(303, (await old.SignInAsync(email, Changed)).Status);
    }

    [Fact]
    public async Task A_reset_that_fails_changes_nothing()
    {
        var email = await AddMemberAsync(Role.Owner);
        var link = await RequestResetAsync(email);
        using var client = new DashboardClient(Host.Address);
        await Host.ExecuteSqlAsync(
            $"ALTER TABLE account_emails ADD CONSTRAINT broken CHECK (address <> '{email}') NOT VALID");
        var failed = await client.PostAsync(link, "ResetPassword", ("password", Changed));
        await Host.ExecuteSqlAsync("ALTER TABLE account_emails DROP CONSTRAINT broken");
        Assert.Equal(500, failed.Status);
        using var owner = new DashboardClient(Host.Address);
        Assert.Equal(303, (await owner.SignInAsync(email, Password)).Status);
        Assert.Equal(200, (await client.PostAsync(link, "ResetPassword", ("password", Changed))).Status);
    }

    [Fact]
    public async Task A_reset_link_used_twice_at_once_works_once()
    {
        var link = await RequestResetAsync(await AddMemberAsync(Role.Owner));
        var statuses = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var client = new DashboardClient(Host.Address);
            return (await client.PostAsync(link, "ResetPassword", ("password", Changed))).Status;
        }));
        Assert.Single(statuses, 200);
    }

    [Fact]
    public async Task Changes_to_an_account_are_recorded_with_their_request()
    {
        var email = await AddMemberAsync(Role.Owner);
        using var client = new DashboardClient(Host.Address);
        await client.SignInAsync(email, Password);
        var changed = await client.PostAsync(
            "/dashboard/account", "ChangePassword", ("password", Password), ("new_password", Changed));
        Assert.Equal([changed.Headers["X-Request-Id"]], await RequestsAsync("account.password_changed"));

        using var newcomer = new DashboardClient(Host.Address);
        await client.PostAsync(
            $"{Live}/settings/team", "InviteMember", ("email", email = NewAddress()), ("role", "admin"));
        var link = await SentMail.LinkToAsync(Host, email, "invitation");
        var joined = await newcomer.PostAsync(link, "JoinAsNew", ("password", Password));
        Assert.Equal([joined.Headers["X-Request-Id"]], await RequestsAsync("member.joined"));
    }

    private Task<IReadOnlyList<string>> RequestsAsync(string action) => Host.QuerySqlAsync<string>(
        "SELECT coalesce(request_id, '') FROM audit_log WHERE organization_id = $1 AND action = $2",
        Org.Organization.Id, action);

    /// <summary>Creates the user in another organization, as an operator does.</summary>
    private async Task CreateUserAsync(string email, string? password) => await Host.Get<UserRegistry>().CreateAsync(
        (await Host.CreateOrganizationAsync()).Organization, email, Role.Admin, password, CancellationToken.None);

    private async Task<string> RequestResetAsync(string email)
    {
        using var client = new DashboardClient(Host.Address);
        await client.PostAsync("/dashboard/forgot-password", "ForgotPassword", ("email", email));
        return await SentMail.LinkToAsync(Host, email, "reset-password");
    }
}
