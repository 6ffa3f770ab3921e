using System.Text.RegularExpressions;
using Equaticket.Persistence.Team;

namespace Equaticket.Dashboard.Tests;

/// <summary>The pages of events, orders, and attendees, without JavaScript.</summary>
public sealed class SalesPageTests : DashboardTest
{
    private static readonly (string, string)[] NewEvent =
    [
        ("title", "Harbour Jazz Night"), ("starts_at", "2099-09-15T18:00"), ("ends_at", ""),
        ("timezone", "Europe/Helsinki"), ("currency", "eur"), ("venue_name", "Pier 4"), ("venue_address", ""),
        ("description", "Bring a coat."), ("slug", ""),
    ];

    private static readonly (string, string)[] NewType =
    [
        ("name", "Standing"), ("price", "25.50"), ("quantity_total", "40"), ("min_per_order", "1"),
        ("max_per_order", "4"), ("sales_start_at", ""), ("sales_end_at", ""), ("description", ""),
    ];

    [Fact]
    public async Task An_event_is_created_gets_a_ticket_type_and_is_published_and_cancelled()
    {
        using var client = await SignInAsync(Role.EventManager);
        var path = await CreateAsync(client);
        Assert.Equal(
            (303, path), Where(await client.PostAsync($"{path}/ticket-types/new", "CreateTicketType", NewType)));
        Assert.Contains("25.50 EUR", (await client.GetAsync(path)).Body, StringComparison.Ordinal);
        Assert.Equal((303, path), Where(await client.PostAsync(path, "PublishEvent")));
        Assert.Contains("on sale", (await client.GetAsync(path)).Body, StringComparison.Ordinal);
        Assert.Equal(400, (await client.PostAsync(path, "CancelEvent", ("_confirm", "no"))).Status);
        Assert.Equal((303, path), Where(await client.PostAsync(path, "CancelEvent", ("_confirm", "cancel"))));
        var cancelled = (await client.GetAsync(path)).Body;
        Assert.Contains("The event was cancelled", cancelled, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"CancelEvent\"", cancelled, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_keeps_the_input_and_is_rejected_if_another_user_saved_first()
    {
        using var client = await SignInAsync(Role.EventManager);
        var path = await CreateAsync(client);
        var form = (await client.GetAsync($"{path}/edit")).FormOf("UpdateEvent");
        var late = await client.PostAsync($"{path}/edit", "UpdateEvent", [.. NewEvent, ("slug", "!")]);
        Assert.Equal(400, late.Status);
        Assert.Contains("Bring a coat.", late.Body, StringComparison.Ordinal);
        (string, string)[] changed = [.. NewEvent.Where(field => field.Item1 is not ("title" or "slug")),
            ("slug", "harbour-jazz-night"), ("title", "Harbour Jazz Evening")];
        Assert.Equal((303, path), Where(await client.PostAsync($"{path}/edit", "UpdateEvent", changed)));
        var stale = await client.SendAsync(DashboardClient.Form($"{path}/edit", form, changed));
        Assert.Equal(412, stale.Status);
        Assert.Contains("Harbour Jazz Evening", (await client.GetAsync(path)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ticket_type_is_changed_and_deleted_and_its_price_is_a_decimal_amount()
    {
        using var client = await SignInAsync(Role.EventManager);
        var path = await CreateAsync(client);
        var wrong = await client.PostAsync($"{path}/ticket-types/new", "CreateTicketType", [.. NewType
            .Where(field => field.Item1 != "price"), ("price", "25.505")]);
        Assert.Equal(400, wrong.Status);
        Assert.Contains(
            "<a href=\"#price\">Price must be an amount, such as 25.00.</a>", wrong.Body, StringComparison.Ordinal);
        await client.PostAsync($"{path}/ticket-types/new", "CreateTicketType", NewType);
        var type = Regex.Match((await client.GetAsync(path)).Body, $"{path}/ticket-types/[0-9a-f-]{{36}}").Value;
        Assert.Contains("value=\"25.50\"", (await client.GetAsync(type)).Body, StringComparison.Ordinal);
        Assert.Equal((303, path), Where(await client.PostAsync(type, "UpdateTicketType", [.. NewType
            .Where(field => field.Item1 != "price"), ("price", "30")])));
        Assert.Contains("30.00 EUR", (await client.GetAsync(path)).Body, StringComparison.Ordinal);
        Assert.Equal((303, path), Where(await client.PostAsync(path, "DeleteTicketType")));
        Assert.Contains("No ticket types yet", (await client.GetAsync(path)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_manager_is_not_offered_refunds_of_all_orders()
    {
        using var manager = await SignInAsync(Role.EventManager);
        using var admin = await SignInAsync(Role.Admin);
        var path = await CreateAsync(manager);
        var shown = (await manager.GetAsync(path)).Body;
        Assert.DoesNotContain("name=\"refund_orders\"", shown, StringComparison.Ordinal);
        Assert.Contains("This requires the role admin or above.", shown, StringComparison.Ordinal);
        Assert.Contains("name=\"refund_orders\"", (await admin.GetAsync(path)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_admin_refunds_selected_tickets_of_an_order()
    {
        var order = await BuyAsync("Ada Lovelace", "ada@example.com");
        using var client = await SignInAsync(Role.Admin);
        var path = $"{Test}/orders/{order}";
        var page = await client.GetAsync(path);
        Assert.Contains("Ada Lovelace", page.Body, StringComparison.Ordinal);
        Assert.Contains(">50.00 USD<", page.Body, StringComparison.Ordinal);
        Assert.Contains(">50.00 USD<", (await client.GetAsync($"{Test}/orders")).Body, StringComparison.Ordinal);
        var tickets = Regex.Matches(page.Body, "name=\"attendee_ids\" value=\"([0-9a-f-]{36})\"");
        Assert.Equal(2, tickets.Count);
        Assert.Equal(400, (await client.PostAsync(path, "RefundOrder", ("_confirm", ""))).Status);
        Assert.Equal((303, path), Where(await client.PostAsync(
            path, "RefundOrder", ("attendee_ids", tickets[0].Groups[1].Value), ("_confirm", "refund"))));
        Assert.Contains("partially refunded", (await client.GetAsync(path)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_manager_sees_an_order_but_cannot_refund_or_redact_it()
    {
        var order = await BuyAsync("Ada Lovelace", "ada@example.com");
        using var client = await SignInAsync(Role.EventManager);
        var page = (await client.GetAsync($"{Test}/orders/{order}")).Body;
        Assert.Contains("Ada Lovelace", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"RefundOrder\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"RedactBuyer\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"attendee_ids\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redacted_buyer_is_gone_from_the_pages()
    {
        var order = await BuyAsync("Ada Lovelace", "ada@example.com");
        using var client = await SignInAsync(Role.Admin);
        var path = $"{Test}/orders/{order}";
        Assert.Equal((303, path), Where(await client.PostAsync(path, "RedactBuyer", ("_confirm", "redact"))));
        foreach (var shown in new[] { path, $"{Test}/orders", $"{Test}/attendees" })
            Assert.DoesNotContain("ada@example.com", (await client.GetAsync(shown)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_is_exported_with_its_filters_and_without_formulas()
    {
        await BuyAsync("=1+1, \"Ada\"", "ada@example.com");
        await BuyAsync("Grace Hopper", "grace@example.com");
        using var client = await SignInAsync(Role.EventManager);
        var all = await client.GetAsync($"{Test}/orders?export=csv");
        Assert.Equal("text/csv; charset=utf-8; header=present", all.Headers["Content-Type"]);
        Assert.Equal("attachment; filename=\"orders.csv\"", all.Headers["Content-Disposition"]);
        var lines = all.Body.Split("\r\n");
        Assert.StartsWith("id,order_number,status,buyer_name,buyer_email,", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(",event_id,event_title", lines[0], StringComparison.Ordinal);
        Assert.Equal(4, lines.Length);
        Assert.Contains(",\"'=1+1, \"\"Ada\"\"\",", lines[2], StringComparison.Ordinal);
        var some = await client.GetAsync($"{Test}/orders?export=csv&buyer_email=grace@example.com");
        Assert.Contains("Grace Hopper", Assert.Single(some.Body.Split("\r\n")[1..^1]), StringComparison.Ordinal);
        var attendees = await client.GetAsync($"{Test}/attendees?export=csv");
        Assert.StartsWith("id,ticket_code,", attendees.Body, StringComparison.Ordinal);
        Assert.Equal(403, (await client.GetAsync($"{Live}/settings/developer/activity?export=csv")).Status);
    }

    [Fact]
    public async Task An_export_contains_all_pages_of_the_list()
    {
        var (organization, key) = (Org.Organization.Id, Org.Test.KeyId);
        await Host.ExecuteSqlAsync(
            """
            INSERT INTO api_requests (
                id, organization_id, livemode, api_key_id, request_id, method, path, status, duration_ms, created_at)
            SELECT gen_random_uuid(), $1, false, $2, 'many', 'GET', '/api/v1/events', 200, 1,
                now() - n * interval '1 second' FROM generate_series(1, 250) AS n
            """,
            organization, key);
        using var client = await SignInAsync(Role.Admin);
        var export = await client.GetAsync($"{Test}/settings/developer/activity?export=csv&request_id=many");
        Assert.Equal("attachment; filename=\"activity-log.csv\"", export.Headers["Content-Disposition"]);
        Assert.Equal(252, export.Body.Split("\r\n").Length);
    }

    private static (int, string?) Where(PageAnswer answer) => (answer.Status, answer.Location);

    private async Task<string> CreateAsync(DashboardClient client)
    {
        var created = await client.PostAsync($"{Test}/events/new", "CreateEvent", NewEvent);
        Assert.True(created.Status == 303, created.Body);
        return created.Location!;
    }

    /// <returns>The id of a new order of two tickets.</returns>
    private async Task<string> BuyAsync(string name, string email)
    {
        var sale = await Org.Test.CreatePublishedEventAsync();
        var types = await Org.Test.GetAsync($"/api/v1/events/{sale}/ticket-types");
        var order = await Org.Test.PostAsync("/api/v1/test-helpers/orders", new
        {
            event_id = sale,
            buyer_name = name,
            buyer_email = email,
            items = new[] { new { ticket_type_id = (string)types.Json!["data"]![0]!["id"]!, quantity = 2 } },
        });
        Assert.True(order.Status < 300, order.Body);
        return (string)order.Json!["id"]!;
    }
}
