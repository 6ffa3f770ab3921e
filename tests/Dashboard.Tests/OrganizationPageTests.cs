using Equaticket.Persistence.Team;

namespace Equaticket.Dashboard.Tests;

/// <summary>The organization's settings pages: details, payments, and the security log.</summary>
public sealed class OrganizationPageTests : DashboardTest
{
    [Fact]
    public async Task A_page_shows_its_API_call_with_its_filters()
    {
        using var client = await SignInAsync(Role.Admin);
        var home = Host.Address.AbsoluteUri.TrimEnd('/');
        var orders = await client.GetAsync($"{Test}/orders?status=confirmed&buyer_email=&cursor=");
        Assert.Contains(
            $"curl &quot;{home}/api/v1/orders?status=confirmed&quot; \\", orders.Body, StringComparison.Ordinal);
        Assert.Contains("Bearer sk_test_", orders.Body, StringComparison.Ordinal);
        Assert.Contains("<code>Orders</code>", orders.Body, StringComparison.Ordinal);
        var sale = await Org.Live.CreateEventAsync();
        Assert.Contains(
            $"curl &quot;{home}/api/v1/events/{sale}&quot; \\", (await client.GetAsync($"{Live}/events/{sale}")).Body,
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Over REST", (await client.GetAsync($"{Live}/settings/team")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_organization_is_renamed_and_shows_plan_limits_and_usage()
    {
        using var client = await SignInAsync(Role.Admin);
        var path = $"{Live}/settings/organization";
        var page = await client.GetAsync(path);
        Assert.Contains("per minute for each API key", page.Body, StringComparison.Ordinal);
        Assert.Contains("0 confirmed since", page.Body, StringComparison.Ordinal);
        Assert.Equal(303, (await client.PostAsync(path, "RenameOrganization", ("name", "Harbour & Sons"))).Status);
        Assert.Contains("Harbour &amp; Sons", (await client.GetAsync(path)).Body, StringComparison.Ordinal);
        Assert.Equal(400, (await client.PostAsync(path, "RenameOrganization", ("name", " "))).Status);
    }

    [Fact]
    public async Task An_event_manager_sees_why_only_admins_can_rename()
    {
        using var client = await SignInAsync(Role.EventManager);
        var page = await client.GetAsync($"{Live}/settings/organization");
        Assert.Contains("This requires the role admin", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Payments_show_what_Stripe_still_needs_in_each_mode()
    {
        using var client = await SignInAsync(Role.Admin);
        var path = $"{Live}/settings/payments";
        await Host.ExecuteSqlAsync(
            """
            UPDATE stripe_accounts SET account_id = $2, charges_enabled = false, details_submitted = true,
                requirements_due = ARRAY['external_account', 'individual.verification.document'],
                disabled_reason = 'requirements.past_due'
            WHERE organization_id = $1 AND livemode
            """, Org.Organization.Id, $"acct_{Org.Organization.Id:N}");
        var page = await client.GetAsync(path);
        Assert.Contains("<li>A bank account for payouts</li>", page.Body, StringComparison.Ordinal);
        Assert.Contains("<li>Individual verification document</li>", page.Body, StringComparison.Ordinal);
        Assert.Contains("Continue on Stripe", page.Body, StringComparison.Ordinal);
        var test = await client.GetAsync($"{Test}/settings/payments");
        Assert.Contains("not connected", test.Body, StringComparison.Ordinal);
        Assert.Contains("built-in test payment", test.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_Stripe_keys_connecting_says_so()
    {
        using var client = await SignInAsync(Role.Admin);
        var answer = await client.PostAsync($"{Live}/settings/payments", "ConnectStripe");
        Assert.Equal(422, answer.Status);
        Assert.Contains("Stripe is not configured on this server", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_security_log_is_filtered_by_action_user_and_time()
    {
        var email = await AddMemberAsync(Role.Owner);
        using var client = new DashboardClient(Host.Address);
        await client.SignInAsync(email, Password);
        await client.PostAsync(
            $"{Keys}/new", "CreateApiKey",
            ("name", "Website"), ("mode", "test"), ("scopes", "events:read"), ("expires_at", ""));
        var path = $"{Live}/settings/security-log";
        var all = (await client.GetAsync(path)).Body;
        Assert.Contains("class=\"long\">An operator gave a user a role", all, StringComparison.Ordinal);
        Assert.Contains(">Website<", all, StringComparison.Ordinal);
        var created = (await client.GetAsync($"{path}?action=api_key.created")).Body;
        Assert.DoesNotContain("class=\"long\">An operator gave", created, StringComparison.Ordinal);
        Assert.Contains(">Website<", created, StringComparison.Ordinal);
        Assert.Contains("No entries match", (await client.GetAsync($"{path}?created_after=2100-01-01T00:00")).Body,
            StringComparison.Ordinal);
        Assert.Equal(400, (await client.GetAsync($"{path}?action=nonsense")).Status);
    }
}
