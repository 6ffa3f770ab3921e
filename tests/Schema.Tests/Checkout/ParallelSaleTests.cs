using Equaticket.Engine.Input;
using Equaticket.Schema.Tests.Consistency;
using Npgsql;

namespace Equaticket.Schema.Tests.Checkout;

/// <summary>400 concurrent buyers who want more tickets than there are.</summary>
[Trait("Category", "Slow")]
public sealed class ParallelSaleTests
{
    private const int Buyers = 400;
    private const int Workers = 8;
    private const int Each = 100;

    private TestOrganization _org = null!;
    private string _eventId = "";
    private List<string> _typeIds = [];

    [Fact]
    public async Task Four_hundred_buyers_get_exactly_the_available_tickets()
    {
        var database = await DatabaseAsync();
        await using (var host = await TestHost.StartAsync(database))
        {
            await PutOnSaleAsync(host);
            await new CrowdOfBuyers([host], _eventId, _typeIds).BuyAsync(Buyers);
            await AssertSoldExactlyAsync(host);
        }

        await AssertNoDeadlockAsync(database);
    }

    [Fact]
    public async Task Two_hosts_sell_exactly_the_available_tickets()
    {
        var database = await DatabaseAsync();
        await using (var host = await TestHost.StartAsync(database))
        await using (var other = await TestHost.StartAsync(database))
        {
            await PutOnSaleAsync(host);
            var sale = new CrowdOfBuyers([host, other], _eventId, _typeIds).BuyAsync(Buyers);
            while (!sale.IsCompleted)
                Assert.Empty(await _org.DifferencesAsync());
            await sale;
            await AssertSoldExactlyAsync(host);
        }

        await AssertNoDeadlockAsync(database);
    }

    /// <summary>So few connections that buyers queue for them, with a timeout that suits slow machines.</summary>
    private static async Task<string> DatabaseAsync() =>
        $"{await TestCluster.CreateMigratedDatabaseAsync()};Maximum Pool Size={Workers};Timeout=60";

    private async Task PutOnSaleAsync(TestHost host)
    {
        _org = await host.CreateOrganizationAsync();
        _eventId = await _org.Test.CreateEventAsync();
        _typeIds = [];
        foreach (var price in new[] { 0, 1000, 2500 })
            _typeIds.Add(await _org.Test.CreateTicketTypeAsync(_eventId, price, Each));
        var published = await _org.Test.PostAsync($"/api/v1/events/{_eventId}/publish");
        Assert.Equal(200, published.Status);
    }

    private async Task AssertSoldExactlyAsync(TestHost host)
    {
        Assert.Equal(
            [$"{Each} 0", $"{Each} 0", $"{Each} 0"],
            await host.QuerySqlAsync<string>(
                "SELECT quantity_sold || ' ' || quantity_held FROM ticket_types"));
        Assert.Equal(
            ["300 300 300"],
            await host.QuerySqlAsync<string>(
                """
                SELECT count(*) || ' ' || count(DISTINCT ticket_code) || ' '
                    || (SELECT sum(quantity) FROM order_items)
                FROM attendees JOIN orders ON orders.id = attendees.order_id
                    AND orders.status = 'confirmed'
                """));
        Assert.Equal(
            ["true"],
            await host.QuerySqlAsync<string>(
                "SELECT (count(*) = 1)::text FROM webhook_events WHERE type = 'event.sold_out'"));
        Assert.Empty(await _org.DifferencesAsync());
        var shown = (await _org.Test.GetAsync($"/api/v1/events/{_eventId}")).Json!;
        Assert.True(shown["sold_out"]!.GetValue<bool>());
    }

    /// <remarks>The server reports deadlocks only after the affected connections are closed.</remarks>
    private static async Task AssertNoDeadlockAsync(string database)
    {
        await using var connection = new NpgsqlConnection($"{database};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()", connection);
        Assert.Equal(0L, await command.ExecuteScalarAsync());
    }
}
