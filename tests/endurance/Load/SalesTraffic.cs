using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Equaticket.Endurance.Load;

/// <summary>Buys hot tickets, refunds some, and scans others.</summary>
public sealed partial class SalesTraffic(Shop shop, Client client, Ledger ledger, Shelf shelf)
{
    private const string Checkout =
        "mutation ($input: CheckoutInput!) { checkout(input: $input) { orderNumber status checkoutToken } }";

    private const string Status =
        "query ($token: String!) { checkoutStatus(token: $token) { status tickets { ticketCode } } }";

    private const string Scan =
        "mutation ($input: CheckInInput!) { checkInTicket(input: $input) { outcome attendee { ticketTypeName } } }";

    private readonly ConcurrentQueue<string> _codes = [];

    /// <summary>Checks out free tickets in live mode, without an API key.</summary>
    public async Task BuyFreeAsync()
    {
        if (NewPurchase(shelf.Free) is not { } purchase)
            return;
        var type = purchase.Type;
        var answer = await client.SendAsync(Call.GraphQL(
            Checkout,
            new
            {
                input = new
                {
                    eventId = type.EventId,
                    buyerName = "Night Owl",
                    buyerEmail = purchase.Email,
                    items = new[] { new { ticketTypeId = type.Id, quantity = purchase.Quantity } },
                },
            },
            idempotencyKey: Client.NewKey()));
        if (answer is null || !Note(purchase, answer))
            return;
        purchase.OrderNumber = $"{answer.Field.GetProperty("orderNumber")}";
        await ReadOwnAsync(purchase, $"{answer.Field.GetProperty("checkoutToken")}");
    }

    /// <summary>Creates a paid order in test mode, and often refunds it.</summary>
    public async Task BuyAndRefundAsync()
    {
        if (NewPurchase(shelf.Paid) is not { } purchase)
            return;
        var type = purchase.Type;
        var answer = await client.SendAsync(new Call(
            HttpMethod.Post, "/api/v1/test-helpers/orders",
            new
            {
                event_id = type.EventId,
                buyer_name = "Night Owl",
                buyer_email = purchase.Email,
                items = new[] { new { ticket_type_id = type.Id, quantity = purchase.Quantity } },
            },
            shop.TestKey, Client.NewKey()));
        if (answer is null || !Note(purchase, answer))
            return;
        purchase.OrderNumber = $"{answer.Body.GetProperty("order_number")}";
        if (Random.Shared.Next(3) == 0)
            return;
        await Task.Delay(TimeSpan.FromSeconds(5 * Random.Shared.NextDouble()));
        await RefundAsync(purchase, $"{answer.Body.GetProperty("id")}");
    }

    /// <summary>Scans a ticket, sometimes concurrently at two gates, one of which must refuse it.</summary>
    public async Task ScanAsync()
    {
        if (!_codes.TryDequeue(out var code))
            return;
        var gates = Random.Shared.Next(3) == 0 ? 2 : 1;
        var answers = await Task.WhenAll(Enumerable.Range(0, gates).Select(_ => client.SendAsync(
            Call.GraphQL(Scan, new { input = new { code, nonce = Client.NewKey() } }, isSession: true))));
        foreach (var refused in answers.OfType<Answer>().Where(answer => answer.Code is not null))
            ledger.Unexpected.Enqueue($"Scan {code}: {refused.Code} {refused.Message}");
        var outcomes = answers.OfType<Answer>().Where(answer => answer.Code is null)
            .Select(answer => $"{answer.Field.GetProperty("outcome")}").ToList();
        ledger.Scans.Enqueue(new ScannedTicket(
            code, outcomes.Count(outcome => outcome == "ACCEPTED"), outcomes.Count == gates));
    }

    private Purchase? NewPurchase(IReadOnlyList<HotType> types)
    {
        if (types.Count == 0)
            return null;
        var purchase = new Purchase(
            types[Random.Shared.Next(types.Count)], Random.Shared.Next(1, 5), $"b{Client.NewKey()}@example.com")
        {
            Start = System.Diagnostics.Stopwatch.GetTimestamp(),
        };
        ledger.Purchases.Enqueue(purchase);
        return purchase;
    }

    /// <returns>Whether the tickets were sold.</returns>
    private bool Note(Purchase purchase, Answer answer)
    {
        purchase.End = answer.End;
        if (answer.Code is null)
            return true;
        if (answer.Code == "unprocessable" && Shortage().Match(answer.Message) is { Success: true } shortage)
            purchase.Left = int.Parse(shortage.Groups[1].Value);
        else if (!answer.Message.StartsWith("Another buyer has just taken", StringComparison.Ordinal))
            ledger.Unexpected.Enqueue($"Purchase {purchase.Email}: {answer.Status} {answer.Code} {answer.Message}");
        return false;
    }

    private async Task ReadOwnAsync(Purchase purchase, string token)
    {
        if (await client.SendAsync(Call.GraphQL(Status, new { token })) is not { } answer)
            return;
        if (answer.Code is not null || answer.Field.ValueKind == System.Text.Json.JsonValueKind.Null
            || $"{answer.Field.GetProperty("status")}" != "CONFIRMED"
            || answer.Field.GetProperty("tickets").GetArrayLength() != purchase.Quantity)
        {
            ledger.Stale.Enqueue($"Order {purchase.OrderNumber}: {answer.Body} after it was confirmed");
            return;
        }

        foreach (var ticket in answer.Field.GetProperty("tickets").EnumerateArray())
            _codes.Enqueue($"{ticket.GetProperty("ticketCode")}");
    }

    private async Task RefundAsync(Purchase purchase, string orderId)
    {
        var refund = new Refunding(orderId) { Start = System.Diagnostics.Stopwatch.GetTimestamp() };
        purchase.Refund = refund;
        var answer = await client.SendAsync(new Call(
            HttpMethod.Post, $"/api/v1/test-helpers/orders/{orderId}/refund", new { }, shop.TestKey, Client.NewKey()));
        if (answer is null)
            return;
        refund.End = answer.End;
        refund.IsAcknowledged = answer.Status == 200;
        if (!refund.IsAcknowledged)
            ledger.Unexpected.Enqueue($"Refund {orderId}: {answer.Status} {answer.Message}");
        var read = await client.SendAsync(new Call(HttpMethod.Get, $"/api/v1/orders/{orderId}", Key: shop.TestKey));
        if (read is not null && refund.IsAcknowledged && $"{read.Body.GetProperty("status")}" != "refunded")
            ledger.Stale.Enqueue($"Order {orderId}: {read.Body.GetProperty("status")} after it was refunded");
    }

    [GeneratedRegex("^(\\d+) of ")]
    private static partial Regex Shortage();
}
