using Equaticket.Testing.Stripe;
using Npgsql;

namespace Equaticket.Schema.Tests.Payments;

/// <summary>Payments that Stripe reports while their event is being cancelled.</summary>
public sealed class CancelRaceTests(StripeHost world) : StripeTest(world)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_payment_reported_while_the_event_is_cancelled_is_refunded(bool isLate)
    {
        var sale = await PutOnSaleAsync();
        var order = await CheckOutAsync(sale);
        if (isLate)
            await ExpireAsync(order);
        await using var obstacle = await LockEventAsync(sale);
        var cancelling = Org.Test.PostAsync($"/api/v1/events/{sale.EventId}/cancel");
        await WaitForAsync(waiting: 1, obstacle);
        var told = World.DeliverAsync(Stripe.Objects.Pay(order.Intent));
        await WaitForAsync(waiting: 2, obstacle);
        await obstacle.DisposeAsync();
        Assert.Equal(200, (await cancelling).Status);
        Assert.Equal((200, true), await told);
        Assert.Equal("expired", await StatusAsync(order));
        Assert.Equal(["late pending 5000 0"], await RefundsAsync(order));
        Assert.Equal("0 0", await StockAsync(sale));
        Assert.Empty(await WebhookEventsAsync(order));
    }

    [Fact]
    public async Task Cancelling_notifies_a_buyer_whose_payment_it_waited_for()
    {
        var sale = await PutOnSaleAsync(livemode: true);
        var order = await CheckOutAsync(sale);
        await Host.ExecuteSqlAsync(
            "UPDATE ticket_types SET quantity_total = 2 WHERE id = $1", Guid.Parse(sale.TypeId));
        await using var obstacle = await LockEventAsync(sale);
        var told = World.DeliverAsync(Stripe.Objects.Pay(order.Intent));
        await WaitForAsync(waiting: 1, obstacle);
        var cancelling = Org.Live.PostAsync($"/api/v1/events/{sale.EventId}/cancel");
        await WaitForAsync(waiting: 2, obstacle);
        await obstacle.DisposeAsync();
        Assert.Equal((200, true), await told);
        Assert.Equal(200, (await cancelling).Status);
        Assert.Equal("confirmed", await StatusAsync(order));
        Assert.Equal(["order_confirmed", "event_cancelled"], await Host.QuerySqlAsync<string>(
            "SELECT kind FROM queued_emails WHERE order_id = $1 ORDER BY created_at", order.OrderId));
    }

    /// <summary>
    /// Locks the event. A cancellation that waits for this lock has already locked the ticket types, and a payment for
    /// the last ticket has already updated the stock.
    /// </summary>
    /// <returns>A connection that holds the lock until it is disposed.</returns>
    private async Task<NpgsqlConnection> LockEventAsync(OnSale sale)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(Host.ConnectionString) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(
            "SELECT 1 FROM events WHERE id = $1 FOR NO KEY UPDATE", connection)
        {
            Parameters = { new NpgsqlParameter { Value = Guid.Parse(sale.EventId) } },
        };
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Waits until this many connections wait for a connection's locks, directly or indirectly.</summary>
    private Task WaitForAsync(int waiting, NpgsqlConnection behind) => Poll.UntilAsync(
        async () => (await Host.QuerySqlAsync<long>(
            """
            WITH first AS (
                SELECT pid FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid)))
            SELECT count(*) FROM pg_stat_activity AS other
            WHERE $1 = ANY (pg_blocking_pids(pid)) OR EXISTS (
                SELECT 1 FROM first WHERE first.pid = ANY (pg_blocking_pids(other.pid)))
            """,
            behind.ProcessID))[0] == waiting);
}
