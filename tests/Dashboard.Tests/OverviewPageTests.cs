using System.Globalization;
using System.Text.RegularExpressions;
using Equaticket.Persistence.Partitions;
using Equaticket.Persistence.Team;
using Equaticket.Testing.Webhooks;

namespace Equaticket.Dashboard.Tests;

/// <summary>The content of the overview, and which roles see it.</summary>
public sealed class OverviewPageTests : DashboardTest
{
    [Fact]
    public async Task Items_that_need_attention_come_first_and_link_to_the_page_where_to_act()
    {
        var (failing, off) = (await AddWebhookAsync("failing"), await AddWebhookAsync("off"));
        await Host.ExecuteSqlAsync(
            "UPDATE webhooks SET failing_since = now() - interval '2 hours' WHERE id = $1", Guid.Parse(failing));
        await Host.ExecuteSqlAsync(
            "UPDATE webhooks SET status = 'disabled', disabled_reason = 'The endpoint answered 410.' WHERE id = $1",
            Guid.Parse(off));
        await Host.ExecuteSqlAsync(
            "UPDATE api_keys SET expires_at = now() + interval '3 days' WHERE id = $1", Org.Live.KeyId);
        await Host.ExecuteSqlAsync(
            """
            INSERT INTO stripe_accounts (organization_id, livemode, account_id, details_submitted, payouts_enabled,
                charges_enabled, requirements_due, updated_at)
            VALUES ($1, true, 'acct_overview', false, false, false, '{external_account}', now())
            ON CONFLICT (organization_id, livemode) DO UPDATE
                SET account_id = 'acct_overview', requirements_due = '{external_account}'
            """,
            Org.Organization.Id);
        var ended = (await Org.Live.OpenShopAsync()).Id;
        await Host.ExecuteSqlAsync(
            "UPDATE ticket_types SET sales_end_at = now() - interval '1 hour' WHERE event_id = $1", Guid.Parse(ended));
        var sold = (await Org.Live.OpenShopAsync()).Id;
        using var client = await SignInAsync(Role.Admin);
        var list = Regex.Match((await client.GetAsync(Live)).Body, "<ul class=\"attention\">.*?</ul>",
            RegexOptions.Singleline).Value;
        Assert.Equal(
            [
                $"{Live}/settings/developer/webhooks/{off}", $"{Live}/settings/developer/webhooks/{failing}",
                $"{Live}/settings/developer/api-keys/{Org.Live.KeyId}", $"{Live}/settings/payments",
                $"{Live}/events/{ended}",
            ],
            Regex.Matches(list, "href=\"([^\"]+)\"").Select(link => link.Groups[1].Value));
        Assert.Contains("The endpoint answered 410.", list, StringComparison.Ordinal);
        Assert.Contains("has been failing since", list, StringComparison.Ordinal);
        Assert.Contains("needs one more detail", list, StringComparison.Ordinal);
        Assert.DoesNotContain(sold, list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sales_and_requests_are_charts_with_a_caption_and_the_same_numbers_in_a_table()
    {
        using (var buyer = new DashboardClient(Host.Address))
            await buyer.BuyAsync(await Org.Live.OpenShopAsync(), 3);
        var today = await Host.QuerySqlAsync<DateTime>("SELECT date_trunc('day', now(), 'UTC')");
        await AddRequestsAsync(new DateTimeOffset(today[0]).AddDays(-3).AddHours(5), count: 40, failed: 2);
        await AddRequestsAsync(new DateTimeOffset(today[0]).AddDays(-30), count: 1, failed: 1);
        using var client = await SignInAsync(Role.Admin);
        var page = (await client.GetAsync(Live)).Body;
        var charts = Regex.Matches(page, "<figure.*?</figure>", RegexOptions.Singleline)
            .Select(figure => figure.Value).ToList();
        Assert.Equal(4, charts.Count);
        Assert.Matches("<figcaption><strong>Tickets sold per day</strong> <span>3 in the last 30 days", charts[0]);
        Assert.Contains("None in the last 30 days.", charts[1], StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", charts[1], StringComparison.Ordinal);
        Assert.Equal((30, 30), (Regex.Count(charts[0], "<rect "), Regex.Count(charts[0], "<th scope=\"row\"")));
        var day = today[0].AddDays(-3).ToString("d MMM yyyy", CultureInfo.InvariantCulture);
        Assert.Matches(
            $"{day}</th>\\s*<td class=\"amount\">40</td>\\s*<td class=\"amount\">2</td>"
                + "\\s*<td class=\"amount\">5%</td>",
            charts[3]);
        Assert.True(page.Length < 100_000, $"{page.Length}");
    }

    [Fact]
    public async Task Test_mode_has_separate_numbers()
    {
        var sale = await Org.Test.CreatePublishedEventAsync();
        var types = await Org.Test.GetAsync($"/api/v1/events/{sale}/ticket-types");
        await Host.SellAsync(Org.Test, sale, (string)types.Json!["data"]![0]!["id"]!);
        using var client = await SignInAsync(Role.EventManager);
        Assert.Contains("1 in the last 30 days", (await client.GetAsync(Test)).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("1 in the last 30 days", (await client.GetAsync(Live)).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.Admin, true, true)]
    [InlineData(Role.EventManager, true, false)]
    [InlineData(Role.CheckInOnly, false, false)]
    public async Task Each_role_sees_the_parts_that_it_can_read(Role role, bool sales, bool requests)
    {
        using var client = await SignInAsync(role);
        var page = await client.GetAsync(Live);
        Assert.Equal(200, page.Status);
        Assert.Equal(sales, page.Body.Contains("Tickets sold per day", StringComparison.Ordinal));
        Assert.Equal(sales, page.Body.Contains("Needs attention", StringComparison.Ordinal));
        Assert.Equal(requests, page.Body.Contains("API requests per day", StringComparison.Ordinal));
        Assert.Equal(requests, page.Body.Contains("query OverviewSettings", StringComparison.Ordinal));
    }

    private async Task<string> AddWebhookAsync(string name) =>
        (await Org.Live.CreateWebhookAsync(new($"https://{name}.example.com/"))).Id;

    private async Task AddRequestsAsync(DateTimeOffset at, int count, int failed)
    {
        var first = PartitionedTable.FirstIdAt(at).ToString()[..18];
        await Host.ExecuteSqlAsync(
            """
            INSERT INTO api_requests (id, organization_id, livemode, api_key_id, request_id, method, path, status,
                error_code, duration_ms, created_at)
            SELECT ($1 || right(gen_random_uuid()::text, 18))::uuid, $2, true, $3, 'chart', 'GET', '/api/v1/events',
                200, CASE WHEN number <= $4 THEN 'not_found' END, 1, $5
            FROM generate_series(1, $6) AS number
            """,
            first, Org.Organization.Id, Org.Live.KeyId, failed, at, count);
    }
}
