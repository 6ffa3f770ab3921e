using Npgsql;

namespace Equaticket.RestFacade.Tests.TestData;

public sealed class ConcurrentResetTests : ApiTest
{
    [Fact]
    public async Task Reset_during_test_sales_never_fails_a_request()
    {
        using var enough = new CancellationTokenSource();
        var sellers = Enumerable.Range(0, 4).Select(_ => SellAsync(enough.Token)).ToList();
        for (var i = 0; i < 8; i++)
        {
            var started = TimeProvider.System.GetUtcNow();
            (await Org.Test.PostAsync(ResettingTestDataTests.Path)).AssertStatus(200);
            await Poll.UntilAsync(
                async () => (await Host.QuerySqlAsync<long>(
                    "SELECT count(*) FROM orders WHERE organization_id = $1 AND created_at > $2",
                    Org.Organization.Id, started.UtcDateTime))[0] > 0);
        }

        await enough.CancelAsync();
        await Task.WhenAll(sellers);
        (await Org.Test.PostAsync(ResettingTestDataTests.Path)).AssertStatus(200);
        foreach (var table in TestDataTables.Removed(Org))
            Assert.Equal((table, 0), (table, await TestDataTables.CountAsync(Org, table, false)));
    }

    /// <remarks>
    /// The orders survive the reset. If numbers restarted, the next sales would be assigned the same ones and fail.
    /// </remarks>
    [Fact]
    public async Task Orders_placed_during_a_reset_keep_their_numbers()
    {
        (await Org.Test.PostAsync("/api/v1/webhooks", new
        {
            url = "https://hooks.example/equaticket",
            events = new[] { "order.created" },
        })).AssertStatus(201);
        await using var blocker = await Host.Get<NpgsqlDataSource>().OpenConnectionAsync();
        await using var transaction = await blocker.BeginTransactionAsync();
        await using (var hold = blocker.CreateCommand())
        {
            hold.CommandText = "SELECT 1 FROM webhooks WHERE organization_id = $1 FOR UPDATE";
            hold.Parameters.Add(new NpgsqlParameter { Value = Org.Organization.Id });
            await hold.ExecuteNonQueryAsync();
        }

        var reset = Org.Test.PostAsync(ResettingTestDataTests.Path);
        await Poll.UntilAsync(async () => (await Host.QuerySqlAsync<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))",
            blocker.ProcessID))[0] == 1);
        var eventId = await Org.Test.CreateEventAsync();
        var typeId = await Org.Test.CreateTicketTypeAsync(eventId, price: 0);
        (await Org.Test.PostAsync($"/api/v1/events/{eventId}/publish")).AssertStatus(200);
        for (var sale = 0; sale < 4; sale++)
            (await TestSale.BuyAsync(Org.Test, eventId, typeId)).AssertStatus(201);
        await transaction.CommitAsync();
        (await reset).AssertStatus(200);

        (await TestSale.BuyAsync(Org.Test, eventId, typeId)).AssertStatus(201);
        var orders = await Org.Test.GetAsync("/api/v1/orders");
        Assert.Equal(
            ["EQ-1005", "EQ-1004", "EQ-1003", "EQ-1002", "EQ-1001"], orders.Column("order_number"));
    }

    private async Task SellAsync(CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            var made = (await Org.Test.PostAsync("/api/v1/events", Seed.EventBody())).AssertStatus(201);
            var type = await Org.Test.PostAsync(
                $"/api/v1/events/{made.Id}/ticket-types", Seed.TicketTypeBody(total: 1));
            await Org.Test.PostAsync($"/api/v1/events/{made.Id}/publish");
            if (type.Status == 201)
            {
                var order = await TestSale.BuyAsync(Org.Test, made.Id, type.Id);
                Assert.True(order.Status is 201 or 404 or 422, order.Body);
            }
            else
            {
                type.AssertStatus(404);
            }
        }
    }
}
