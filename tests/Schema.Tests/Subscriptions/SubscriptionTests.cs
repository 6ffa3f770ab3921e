using Equaticket.Engine.Input;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Tests.CheckIns;
using Equaticket.Schema.Tests.Checkout;

namespace Equaticket.Schema.Tests.Subscriptions;

/// <summary>The events that subscriptions send.</summary>
public sealed class SubscriptionTests : ApiTest
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task Orders_are_sent_regardless_of_the_selling_host()
    {
        await using var other = await TestHost.StartAsync(Host.ConnectionString);
        var (eventId, typeId) = await Org.Live.PutOnSaleAsync(price: 0);
        await using var stream = await Org.Live.On(other).SubscribeAsync(Following.Orders, new { eventId });
        var sold = await Host.BuyAsync(eventId, typeId, 3);
        Assert.Equal(sold, (await stream.ReadOrdersAsync(3)).Numbers);
    }

    [Fact]
    public async Task Activity_at_other_events_is_not_sent()
    {
        var (eventId, typeId) = await Org.Live.PutOnSaleAsync(price: 0);
        var (otherId, otherType) = await Org.Live.PutOnSaleAsync(price: 0);
        await using var stream = await Org.Live.SubscribeAsync(Following.Orders, new { eventId });
        await Host.BuyAsync(otherId, otherType);
        var number = await Host.BuyAsync(eventId, typeId);
        Assert.Equal([number], (await stream.ReadOrdersAsync(1)).Numbers);
    }

    [Fact]
    public async Task Tickets_are_sent_once_checked_in()
    {
        var sold = await Org.Live.SellAsync(Host, count: 2);
        await using var stream = await Org.Live.SubscribeAsync(Following.CheckIns, new { eventId = sold.EventId });
        var scanner = await Org.SignInAsync(Role.CheckInOnly);
        await scanner.CheckInAsync(new { code = sold.Codes[1] });
        await scanner.CheckInAsync(new { code = sold.Codes[1] });
        await scanner.CheckInAsync(new { code = sold.Codes[0] });
        Assert.Equal(sold.Codes[1], await ReadAsync());
        Assert.Equal(sold.Codes[0], await ReadAsync());

        async Task<string> ReadAsync() =>
            (await stream.ReadAsync())!.Json["data"]!["ticketCheckedIn"]!["ticketCode"].Text();
    }

    [Fact]
    public async Task Concurrent_sales_are_sent_together_and_none_is_missing()
    {
        const int count = 20;
        var (eventId, typeId) = await Org.Live.PutOnSaleAsync(price: 0, total: count);
        await using var stream = await Org.Live.SubscribeAsync(Following.Sales, new { eventId });
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Host.BuyAsync(eventId, typeId)));
        var (answers, sold) = (0, 0);
        while (sold < count)
        {
            var now = (await stream.ReadAsync())!.Json["data"]!["eventSales"]!;
            Assert.InRange(now["ticketsSold"]!.GetValue<int>(), sold, count);
            sold = now["ticketsSold"]!.GetValue<int>();
            answers++;
        }

        Assert.InRange(answers, 1, count - 1);
    }

    [Fact]
    public async Task Events_held_back_by_an_older_transaction_are_sent_after_it_and_in_its_order()
    {
        var (eventId, typeId) = await Org.Live.PutOnSaleAsync(price: 0);
        await using var stream = await Org.Live.SubscribeAsync(Following.Orders, new { eventId });
        var first = await Host.BuyAsync(eventId, typeId);
        var begin = (await stream.ReadOrdersAsync(1)).Last;

        await using var older = new Npgsql.NpgsqlConnection(Host.ConnectionString);
        await older.OpenAsync();
        await using var transaction = await older.BeginTransactionAsync();
        await CopyLastAsync(older, eventId);
        var second = await Host.BuyAsync(eventId, typeId);
        Assert.False(await stream.HasNextAsync(Quiet));
        await transaction.CommitAsync();
        Assert.Equal([first, second], (await stream.ReadOrdersAsync(2)).Numbers);

        await using var again = await Org.Live.SubscribeAsync(Following.Orders, new { eventId }, begin);
        Assert.Equal([first, second], (await again.ReadOrdersAsync(2)).Numbers);
    }

    /// <summary>Sends the last order's event once more, in the test's transaction.</summary>
    private static async Task CopyLastAsync(Npgsql.NpgsqlConnection connection, string eventId)
    {
        await using var command = new Npgsql.NpgsqlCommand(
            """
            INSERT INTO webhook_events (
                id, organization_id, livemode, type, data, event_id, order_id, created_at)
            SELECT (left(id::text, 24) || right(gen_random_uuid()::text, 12))::uuid, organization_id, livemode,
                type, data, event_id, order_id, created_at
            FROM webhook_events WHERE event_id = $1
            """,
            connection);
        command.Parameters.Add(new() { Value = Guid.Parse(eventId) });
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }
}
