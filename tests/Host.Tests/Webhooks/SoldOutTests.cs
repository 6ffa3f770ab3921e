using Equaticket.Testing.Webhooks;

namespace Equaticket.Host.Tests.Webhooks;

public sealed class SoldOutTests : WebhookTest
{
    private const int Tickets = 20;
    private const int Buyers = 30;

    [Fact]
    public async Task Sold_out_is_sent_once_by_parallel_sales_and_again_when_sold_out_again()
    {
        var (eventId, first) = await Org.Live.CreateFreeEventAsync(Tickets);
        var second = await Org.Live.CreateTicketTypeAsync(eventId, price: 0, total: Tickets);
        await Task.WhenAll(Enumerable.Range(0, 2 * Buyers).Select(
            number => Host.BuyAsync(eventId, number % 2 == 0 ? first : second)));
        await UntilOrdersAsync(2 * Tickets);
        await Poll.UntilAsync(() => Task.FromResult(SoldOutMessages() > 0));
        Assert.Equal(1, SoldOutMessages());
        Assert.Equal(1, await SoldOutEventsAsync());

        var path = $"/api/v1/events/{eventId}/ticket-types/{first}";
        Assert.Equal(200, (await Org.Live.PatchAsync(path, new { quantity_total = Tickets + 1 })).Status);
        await Host.BuyAsync(eventId, first);
        await UntilOrdersAsync((2 * Tickets) + 1);
        await Poll.UntilAsync(() => Task.FromResult(SoldOutMessages() == 2));
        await Host.BuyAsync(eventId, first);
        Assert.Equal(2, await SoldOutEventsAsync());
    }

    private async Task<long> SoldOutEventsAsync() => (await Host.QuerySqlAsync<long>(
        "SELECT count(*) FROM webhook_events WHERE organization_id = $1 AND type = 'event.sold_out'",
        Org.Organization.Id)).Single();

    private Task UntilOrdersAsync(int orders) => Poll.UntilAsync(
        () => Task.FromResult(Endpoint.Received.Count(r => Is(r, "order.created")) == orders));

    private int SoldOutMessages() => Endpoint.Received.Count(r => Is(r, "event.sold_out"));

    private static bool Is(ReceivedWebhook received, string type) =>
        received.Body.Contains($"\"type\":\"{type}\"", StringComparison.Ordinal);
}
