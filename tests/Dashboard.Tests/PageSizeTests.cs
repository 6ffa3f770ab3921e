using System.Text;
using System.Text.RegularExpressions;
using Equaticket.Dashboard.Operations;
using Equaticket.Persistence.Team;

namespace Equaticket.Dashboard.Tests;

/// <summary>Pages stay small, even with full lists.</summary>
public sealed class PageSizeTests : DashboardTest
{
    private const int MaxBytes = 100_000;
    private const int Rows = 60;

    [Fact]
    public async Task No_page_with_its_styles_and_scripts_exceeds_100_KB_without_pictures()
    {
        await FillAsync();
        using var client = await SignInAsync(Role.Owner);
        foreach (var page in Host.Get<PageCatalog>().Pages.Where(page => !page.Read.HasPath))
        {
            foreach (var mode in new[] { "live", "test" })
            {
                var answer = await client.GetAsync(page.PathFor(Org.Slug, mode));
                Assert.Equal(200, answer.Status);
                var size = await SizeAsync(client, answer);
                Assert.True(size <= MaxBytes, $"{page.Route} in {mode} mode: {size} bytes");
            }
        }
    }

    [Fact]
    public async Task No_page_for_buyers_exceeds_100_KB_without_pictures()
    {
        var shop = await Org.Live.OpenShopAsync(total: 100);
        using var buyer = new DashboardClient(Host.Address);
        foreach (var path in new[] { shop.Path, shop.Checkout(10), await buyer.BuyAsync(shop, 10) })
        {
            var size = await SizeAsync(buyer, await buyer.GetAsync(path));
            Assert.True(size <= MaxBytes, $"{path}: {size} bytes");
        }
    }

    /// <returns>The size of a page with its style sheets and scripts, in bytes.</returns>
    private static async Task<int> SizeAsync(DashboardClient client, PageAnswer page)
    {
        var text = Regex.Replace(page.Body, "<svg.*?</svg>", "", RegexOptions.Singleline);
        var size = Encoding.UTF8.GetByteCount(text);
        foreach (Match asset in Regex.Matches(text, "(?<=\")/dashboard/assets/[^\"]+"))
            size += Encoding.UTF8.GetByteCount((await client.GetAsync(asset.Value)).Body);
        return size;
    }

    /// <summary>Creates more resources of each kind than fit on a page.</summary>
    private async Task FillAsync()
    {
        var shop = await Org.Test.OpenShopAsync(price: 2500, total: null);
        await Task.WhenAll(Enumerable.Range(0, Rows).Select(async number =>
        {
            await Org.Live.CreateEventAsync($"Harbour Jazz Night, part {number} of a series with a rather long title");
            await Org.CreateKeyAsync(livemode: true);
            await Org.Test.PostAsync("/api/v1/test-helpers/orders", new
            {
                event_id = shop.Id,
                buyer_name = "Augusta Ada King, Countess of Lovelace",
                buyer_email = $"augusta.ada.king.{number}@example.com",
                items = new[] { new { ticket_type_id = shop.TypeId, quantity = 1 } },
            });
        }));
        await Host.ExecuteSqlAsync(
            """
            INSERT INTO api_requests (
                id, organization_id, livemode, api_key_id, request_id, method, path, route, status, error_code,
                error_param, duration_ms, user_agent, address, created_at)
            SELECT gen_random_uuid(), $1, true, $2, 'req_' || n, 'POST', '/api/v1/events/' || gen_random_uuid(),
                '/api/v1/events/{id}', 400, 'validation_error', 'field_' || n, 1, repeat('agent ', 20), '192.0.2.1',
                now() - n * interval '1 second' FROM generate_series(1, 250) AS n
            """,
            Org.Organization.Id, Org.Live.KeyId);
    }
}
