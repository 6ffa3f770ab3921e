using Equaticket.Endurance.Load;
using Equaticket.Endurance.Running;

namespace Equaticket.Endurance.Judging;

/// <summary>A claim, with the findings that contradict it.</summary>
/// <param name="Name">The name in the result table.</param>
/// <param name="Against">The findings against the claim; empty if it is valid.</param>
public sealed record Claim(string Name, IReadOnlyList<string> Against)
{
    public bool Holds => Against.Count == 0;
}

/// <summary>Compares what the clients saw with the contents of the database.</summary>
public sealed class Verdict(Ledger ledger, Rows rows, WebhookReceiver receiver)
{
    public async Task<List<Claim>> JudgeAsync()
    {
        var orders = (await rows.OrdersAsync()).ToLookup(order => order.Email);
        var events = (await rows.EventsAsync()).ToLookup(row => row.Title);
        var tickets = (await rows.TicketsAsync()).ToDictionary(ticket => ticket.Code);
        var types = await rows.TypesAsync();
        return
        [
            new("effects lost", [.. LostEvents(events), .. LostOrders(orders), .. LostScans(tickets)]),
            new("effects doubled",
                [.. ledger.Doubled, .. DoubledEvents(events), .. DoubledOrders(orders), .. DoubledScans(tickets)]),
            new("oversold ticket types", [.. Oversold(types)]),
            new("webhook events not delivered", await NotDeliveredAsync()),
            new("subscription: orders missing or repeated", [.. MissingInStreams(ledger), .. RepeatedInStreams()]),
            new("reads older than the caller's own write", [.. ledger.Stale]),
            new("idempotent writes that failed for good", [.. ledger.GivenUp]),
            new("histories of sales that are not linearizable", [.. NotLinearizable(orders)]),
            new("unexpected answers", [.. ledger.Unexpected]),
        ];
    }

    /// <returns>The stored order of a purchase. A purchase without a response may or may not have one.</returns>
    private static OrderRow? Find(ILookup<string, OrderRow> orders, Purchase purchase) =>
        orders[purchase.Email].FirstOrDefault(order => order.Tickets > 0);

    private IEnumerable<string> LostEvents(ILookup<string, (string Title, string Id, string? Description)> events) =>
        from created in ledger.Events
        where created.Id is not null
        let row = events[created.Title].FirstOrDefault()
        where row.Id != created.Id
            || (created.Version != CreatedEvent.Unknown && row.Description != $"{created.Version}")
        select $"Event {created.Id}: version {created.Version} was acknowledged, "
            + $"the database has {row.Description ?? "none"}";

    private IEnumerable<string> LostOrders(ILookup<string, OrderRow> orders)
    {
        foreach (var purchase in ledger.Purchases.Where(purchase => purchase.OrderNumber is not null))
        {
            var row = Find(orders, purchase);
            if (row is null || row.Number != purchase.OrderNumber || row.Tickets != purchase.Quantity)
                yield return $"Order {purchase.OrderNumber} of {purchase.Email}: the database has {row}";
            else if (purchase.Refund is { IsAcknowledged: true } && row.Refunded != purchase.Quantity)
                yield return $"Order {purchase.OrderNumber}: {row.Refunded} tickets refunded of {purchase.Quantity}";
        }
    }

    private IEnumerable<string> LostScans(Dictionary<string, (string Code, bool IsCheckedIn, int Accepted)> tickets) =>
        from scan in ledger.Scans
        where scan.Accepted > 0 && !(tickets.TryGetValue(scan.Code, out var ticket) && ticket.IsCheckedIn)
        select $"Ticket {scan.Code}: accepted, but not checked in";

    private static IEnumerable<string> DoubledEvents(
        ILookup<string, (string Title, string Id, string? Description)> events) =>
        from same in events
        where same.Count() > 1 && same.Key.StartsWith("Event ", StringComparison.Ordinal)
        select $"{same.Key}: created {same.Count()} times";

    private IEnumerable<string> DoubledOrders(ILookup<string, OrderRow> orders)
    {
        foreach (var purchase in ledger.Purchases)
        {
            var confirmed = orders[purchase.Email].Where(order => order.Tickets > 0).ToList();
            if (confirmed.Count > 1)
                yield return $"{purchase.Email}: {confirmed.Count} orders";
            if (purchase.OrderNumber is null && purchase.Left is not null && confirmed.Count > 0)
                yield return $"{purchase.Email}: refused, but there is order {confirmed[0].Number}";
            var paid = 1000L * purchase.Quantity;
            if (confirmed.FirstOrDefault() is { } order && order.RefundedAmount > paid)
                yield return $"{order.Number}: {order.RefundedAmount} refunded of {paid}";
        }
    }

    private IEnumerable<string> DoubledScans(Dictionary<string, (string Code, bool IsCheckedIn, int Accepted)> tickets)
    {
        foreach (var scan in ledger.Scans)
        {
            if (scan.Accepted > 1 || tickets.GetValueOrDefault(scan.Code).Accepted > 1)
                yield return $"Ticket {scan.Code}: accepted at more than one gate";
            if (scan is { IsAnswered: true, Accepted: 0 })
                yield return $"Ticket {scan.Code}: used by nobody, but refused at each gate";
        }
    }

    private static IEnumerable<string> Oversold(List<(string Id, int? Total, int Sold, int Tickets)> types) =>
        from type in types
        where type.Sold > type.Total || type.Tickets > type.Total || type.Tickets != type.Sold
        select $"Ticket type {type.Id}: {type.Tickets} tickets, {type.Sold} counted as sold, of {type.Total}";

    private async Task<IReadOnlyList<string>> NotDeliveredAsync()
    {
        var received = receiver.Received.ToHashSet();
        List<string> missing = [.. (await rows.WebhookEventsAsync()).Where(id => !received.Contains(id))];
        if (receiver.Wrong > 0)
            missing.Add($"{receiver.Wrong} messages with a wrong signature, time or body");
        return missing;
    }

    /// <returns>The acknowledged orders that a subscription failed to report.</returns>
    public static IEnumerable<string> MissingInStreams(Ledger ledger) =>
        from stream in ledger.Streams
        from purchase in ledger.Purchases
        where purchase.OrderNumber is not null && purchase.Type.EventId == stream.EventId
            && !stream.Orders.ContainsKey(purchase.OrderNumber)
        select $"{purchase.OrderNumber} of event {stream.EventId} was not reported";

    private IEnumerable<string> RepeatedInStreams() =>
        from stream in ledger.Streams
        from order in stream.Orders
        where order.Value > 1
        select $"{order.Key} of event {stream.EventId} was reported {order.Value} times";

    private IEnumerable<string> NotLinearizable(ILookup<string, OrderRow> orders)
    {
        foreach (var type in ledger.Types)
        {
            var history = ledger.Purchases.Where(purchase => purchase.Type == type)
                .SelectMany(purchase => Operations(purchase, Find(orders, purchase)))
                .ToList();
            if (SalesHistory.Judge(type.Capacity, history) is not true and var verdict)
                yield return $"Ticket type {type.Id} of {type.Capacity} with {history.Count} operations: "
                    + (verdict is null ? "undecided" : "no order explains them");
        }
    }

    private static IEnumerable<StockOperation> Operations(Purchase purchase, OrderRow? row)
    {
        if (purchase.Left is { } left)
            yield return StockOperation.Refusal(purchase.Start, purchase.End, left);
        if (row is not null)
            yield return StockOperation.Sale(purchase.Start, purchase.End, purchase.Quantity);
        if (row is { Refunded: > 0 } && purchase.Refund is { } refund)
            yield return StockOperation.Refund(refund.Start, refund.End, row.Refunded);
    }
}
