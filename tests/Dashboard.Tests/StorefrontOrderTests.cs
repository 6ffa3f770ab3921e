using System.Text;
using System.Text.RegularExpressions;

namespace Equaticket.Dashboard.Tests;

/// <summary>Checkouts, order pages, and calendar files.</summary>
public sealed class StorefrontOrderTests : StorefrontTest
{
    [Fact]
    public async Task An_order_page_requires_its_token_and_is_not_disclosed_to_others()
    {
        var shop = await Org.Live.OpenShopAsync();
        var order = await Buyer.BuyAsync(shop, 2);
        var page = await Buyer.GetAsync(order);
        Assert.Equal(200, page.Status);
        Assert.Equal(2, Regex.Count(page.Body, "<svg "));
        Assert.True(page.Body.Length < 50_000, $"{page.Body.Length}");
        Assert.Equal(
            ("no-store", "noindex", "no-referrer", Policy),
            (page.Headers["Cache-Control"], page.Headers["X-Robots-Tag"], page.Headers["Referrer-Policy"],
                page.Headers["Content-Security-Policy"]));
        Assert.Equal(404, (await Buyer.GetAsync($"{order[..^1]}{(order[^1] == 'A' ? 'B' : 'A')}")).Status);
    }

    [Fact]
    public async Task Submitting_a_form_twice_creates_one_order_and_a_changed_form_is_rejected()
    {
        var shop = await Org.Live.OpenShopAsync();
        var path = shop.Checkout(2);
        var key = (await Buyer.GetAsync(path)).CheckoutForm();
        (string, string)[] typed = [("buyer_name", "Ada"), ("buyer_email", "ada@example.com")];
        var answers = await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(_ => Buyer.SendAsync(DashboardClient.Form(path, key, typed))));
        Assert.Single(answers.Select(answer => (answer.Status, answer.Location)).Distinct());
        Assert.Equal(303, answers[0].Status);
        typed[0].Item2 = "Grace";
        var changed = await Buyer.SendAsync(DashboardClient.Form(path, key, typed));
        Assert.Equal(422, changed.Status);
        Assert.Single((await Org.Live.GetAsync("/api/v1/orders")).Json!["data"]!.AsArray());
        Assert.Equal(303, (await Buyer.SendAsync(DashboardClient.Form(path, changed.CheckoutForm(), typed))).Status);
    }

    [Fact]
    public async Task Errors_are_shown_at_their_fields_and_the_form_keeps_its_values()
    {
        var shop = await Org.Live.OpenShopAsync();
        var path = shop.Checkout(2);
        var key = (await Buyer.GetAsync(path)).CheckoutForm();
        var page = await Buyer.SendAsync(DashboardClient.Form(
            path, key, ("buyer_name", "Ada \"L\""), ("buyer_email", "nowhere"),
            ("items[0].attendees[1].name", "Grace")));
        Assert.Equal(400, page.Status);
        Assert.Contains("<a href=\"#buyer_email\">", page.Body, StringComparison.Ordinal);
        Assert.Contains("id=\"buyer_email-fault\"", page.Body, StringComparison.Ordinal);
        Assert.Contains("value=\"Ada &quot;L&quot;\"", page.Body, StringComparison.Ordinal);
        Assert.Contains("value=\"Grace\"", page.Body, StringComparison.Ordinal);
        var name = await Buyer.SendAsync(DashboardClient.Form(
            path, key, ("buyer_name", "A\0"), ("buyer_email", "ada@example.com")));
        Assert.Equal(400, name.Status);
        Assert.Contains("The form could not be read.", name.Body, StringComparison.Ordinal);
        var ticket = await Buyer.SendAsync(DashboardClient.Form(
            path, key, ("buyer_name", "Ada"), ("buyer_email", "ada@example.com"),
            ("items[0].attendees[1].name", new string('A', 201))));
        Assert.Contains("<a href=\"#items[0].attendees[1].name\">", ticket.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_calendar_file_is_well_formed_and_contains_no_secrets()
    {
        const string title = "Jazz; Blues, and \\more, with a rather long title – für alle, die spät kommen 🎷";
        var shop = await Org.Live.OpenShopAsync(changes:
        [
            ("title", title), ("ends_at", "2099-09-15T22:30:00Z"), ("venue_name", "Pier 4"),
            ("venue_address", "1 Quay\nEND:VEVENT"),
        ]);
        var order = await Buyer.BuyAsync(shop);
        var file = await Buyer.GetAsync(order.Replace("/order", "/order/calendar.ics", StringComparison.Ordinal));
        Assert.Equal("text/calendar; charset=utf-8", file.Headers["Content-Type"]);
        Assert.Matches("^attachment; filename=\"[a-z0-9-]+\\.ics\"$", file.Headers["Content-Disposition"]);
        Assert.Equal(("no-store", "noindex"), (file.Headers["Cache-Control"], file.Headers["X-Robots-Tag"]));
        Assert.DoesNotContain("chk_", file.Body, StringComparison.Ordinal);
        var lines = file.Body.Split("\r\n");
        Assert.All(lines, line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.Equal("", lines[^1]);
        var unfolded = file.Body.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");
        Assert.Contains("DTSTART:20990915T180000Z", unfolded);
        Assert.Contains("DTEND:20990915T223000Z", unfolded);
        Assert.Contains("LOCATION:Pier 4\\, 1 Quay\\nEND:VEVENT", unfolded);
        Assert.Contains(
            "SUMMARY:Jazz\\; Blues\\, and \\\\more\\, with a rather long title – für alle\\, die spät kommen 🎷",
            unfolded);
        Assert.Single(unfolded, "END:VEVENT");
    }

    [Fact]
    public async Task A_form_on_another_site_can_check_out()
    {
        var shop = await Org.Live.OpenShopAsync();
        var form = DashboardClient.Form(
            shop.Checkout(), [], ("buyer_name", "Ada"), ("buyer_email", "ada@example.com"));
        form.Headers.Add("Origin", "https://organizer.example");
        form.Headers.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(303, (await Buyer.SendAsync(form)).Status);
    }
}
