using Npgsql;

namespace Equaticket.Schema.Tests.Checkout;

/// <summary>Concurrent writers do not corrupt each other's work.</summary>
public sealed class SaleRaceTests : ApiTest
{
    [Fact]
    public async Task A_buyer_who_waits_while_the_event_is_cancelled_gets_nothing()
    {
        var (eventId, typeId) = await Org.Test.PutOnSaleAsync();
        await using var connection = new NpgsqlConnection(Host.ConnectionString);
        await connection.OpenAsync();
        await using var obstacle = await connection.BeginTransactionAsync();
        await LockKeyAsync(connection, Org.Test.KeyId);
        var cancelling = Org.Test.PostAsync($"/api/v1/events/{eventId}/cancel");
        await WaitForAsync(waiting: 1, connection);
        var buyer = Host.CheckoutAsync(Buying.Cart(eventId, (typeId, 1)));
        await WaitForAsync(waiting: 2, connection);
        await obstacle.CommitAsync();
        Assert.Equal(200, (await cancelling).Status);
        var refused = await buyer;
        Assert.Equal("unprocessable", refused.ErrorCode);
        Assert.Equal("This event is cancelled.", refused.Json!["errors"]![0]!["message"].Text());
        Assert.Equal((0, 100), await Org.Test.StockAsync(eventId, typeId));
    }

    [Fact]
    public async Task A_buyer_who_waits_while_the_price_is_raised_pays_the_new_price()
    {
        var (eventId, typeId) = await Org.Test.PutOnSaleAsync(price: 1000);
        await using var connection = new NpgsqlConnection(Host.ConnectionString);
        await connection.OpenAsync();
        await using var obstacle = await connection.BeginTransactionAsync();
        await LockKeyAsync(connection, Org.Test.KeyId);
        var raising = Org.Test.PatchAsync(TypePath(eventId, typeId), new { price = 2000 });
        await WaitForAsync(waiting: 1, connection);
        var buyer = Host.CheckoutAsync(Buying.Cart(eventId, (typeId, 1)));
        await WaitForAsync(waiting: 2, connection);
        await obstacle.CommitAsync();
        Assert.Equal(200, (await raising).Status);
        Assert.Equal(2000, (await buyer).Checkout()["totalAmount"]!.GetValue<long>());
        Assert.Equal((1, 99), await Org.Test.StockAsync(eventId, typeId));
    }

    [Fact]
    public async Task Cancelling_waits_for_a_sale_in_progress()
    {
        var (eventId, typeId) = await Org.Test.PutOnSaleAsync();
        await using var connection = new NpgsqlConnection(Host.ConnectionString);
        await connection.OpenAsync();
        await using var sale = await connection.BeginTransactionAsync();
        await LockTypeAsync(connection, typeId);
        var cancelling = Org.Test.PostAsync($"/api/v1/events/{eventId}/cancel");
        await WaitForAsync(waiting: 1, connection);
        Assert.False(cancelling.IsCompleted);
        await sale.CommitAsync();
        Assert.Equal(200, (await cancelling).Status);
    }

    [Fact]
    public async Task An_event_that_is_cancelled_while_its_tickets_are_read_sells_nothing()
    {
        await using var host = await TestHost.StartAsync();
        var org = await host.CreateOrganizationAsync();
        var (eventId, typeId) = await org.Live.PutOnSaleAsync(price: 0);
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        await using var cancelling = await connection.BeginTransactionAsync();
        await using var change = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("LOCK TABLE ticket_types IN ACCESS EXCLUSIVE MODE"),
                new("UPDATE ticket_types SET version = version + 1"),
                new("UPDATE events SET status = 'cancelled', cancelled_at = now()"),
            },
        };
        await change.ExecuteNonQueryAsync();
        var buyer = host.CheckoutAsync(Buying.Cart(eventId, (typeId, 1)));
        await Poll.UntilAsync(async () => (await host.QuerySqlAsync<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))",
            connection.ProcessID))[0] > 0);
        await cancelling.CommitAsync();
        Assert.Equal("This event is cancelled.", (await buyer).Json!["errors"]![0]!["message"].Text());
        Assert.Equal((0, 100), await org.Live.StockAsync(eventId, typeId));
    }

    [Fact]
    public async Task A_retry_gets_its_response_after_the_sale_is_on_disk()
    {
        var statements = new StatementLog();
        var database = await TestCluster.CreateMigratedDatabaseAsync();
        await using var host = await TestHost.StartAsync(database, builder => statements.Attach(builder, database));
        var (eventId, typeId) = await (await host.CreateOrganizationAsync()).Live.PutOnSaleAsync(price: 0);
        const string key = "7f1d7e2a-3f0c-4a38-9a44-54b0bb1a8f11";
        var first = await host.CheckoutAsync(Buying.Cart(eventId, (typeId, 1)), key);
        statements.Take();
        var retry = await host.CheckoutAsync(Buying.Cart(eventId, (typeId, 1)), key);
        Assert.Equal(first.Checkout()["orderNumber"].Text(), retry.Checkout()["orderNumber"].Text());
        Assert.Contains(
            statements.Take(), sent => sent.Text.Contains("pg_logical_emit_message", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Buyers_of_the_same_tickets_wait_in_line_without_a_lock_on_the_event()
    {
        var (eventId, typeId) = await Org.Live.PutOnSaleAsync(price: 0);
        await using var connection = new NpgsqlConnection(Host.ConnectionString);
        await connection.OpenAsync();
        await using var sale = await connection.BeginTransactionAsync();
        await LockTypeAsync(connection, typeId);
        var buyers = new[] { 1, 2, 3 }.Select(_ => Host.CheckoutAsync(Buying.Cart(eventId, (typeId, 1)))).ToList();
        await WaitForAsync(waiting: 3, connection);
        var locks = await Host.QuerySqlAsync<string>(
            """
            SELECT locktype FROM pg_locks AS mine JOIN pg_stat_activity AS buyer USING (pid)
            WHERE NOT granted AND buyer.datname = current_database() AND $1 = ANY (pg_blocking_pids(pid) || ARRAY(
                SELECT unnest(pg_blocking_pids(other)) FROM unnest(pg_blocking_pids(pid)) AS other))
            ORDER BY locktype
            """,
            connection.ProcessID);
        Assert.Equal(["advisory", "advisory", "transactionid"], locks);
        await Host.ExecuteSqlAsync("SELECT 1 FROM events WHERE id = $1 FOR UPDATE NOWAIT", Guid.Parse(eventId));
        await sale.CommitAsync();
        Assert.All(await Task.WhenAll(buyers), answer => Assert.Null(answer.ErrorCode));
        Assert.Equal((3, 97), await Org.Live.StockAsync(eventId, typeId));
    }

    [Fact]
    public async Task Buying_and_changing_ticket_types_concurrently_never_fails()
    {
        var (eventId, typeId) = await Org.Test.PutOnSaleAsync(total: null);
        var others = new List<string>();
        for (var i = 0; i < 3; i++)
            others.Add(await Org.Test.CreateTicketTypeAsync(eventId, total: 20));
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => (number % 4) switch
        {
            0 => Org.Test.PatchAsync(TypePath(eventId, others[0]), new { description = $"{number}" }),
            1 => Org.Test.DeleteAsync(TypePath(eventId, others[1])),
            2 => Host.CheckoutAsync(Buying.Cart(eventId, (others[1], 1), (others[0], 1))),
            _ => Host.CheckoutAsync(Buying.Cart(eventId, (others[0], 1), (others[2], 1), (typeId, 1))),
        }));
        Assert.All(answers, answer => Assert.True(
            answer.ErrorCode is null or "unprocessable" or "not_found" or "conflict", answer.Body));
    }

    private static string TypePath(string eventId, string typeId) =>
        $"/api/v1/events/{eventId}/ticket-types/{typeId}";

    private static Task LockTypeAsync(NpgsqlConnection connection, string typeId) => LockAsync(
        connection, "SELECT 1 FROM ticket_types WHERE id = $1 FOR NO KEY UPDATE", Guid.Parse(typeId));

    /// <summary>
    /// Makes a write that uses the key do all of its work, and then wait before it commits. Records of the key's use,
    /// which only reference the key, don't wait.
    /// </summary>
    private static Task LockKeyAsync(NpgsqlConnection connection, Guid keyId) => LockAsync(
        connection, "SELECT 1 FROM api_keys WHERE id = $1 FOR NO KEY UPDATE", keyId);

    private static async Task LockAsync(NpgsqlConnection connection, string sql, Guid id)
    {
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters = { new NpgsqlParameter { Value = id } },
        };
        await command.ExecuteNonQueryAsync();
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
