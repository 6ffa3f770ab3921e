using Equaticket.Schema.Tests.Checkout;
using Npgsql;

namespace Equaticket.Schema.Tests.CheckIns;

/// <summary>Signing while every connection of the pool is in use.</summary>
public sealed class SigningPoolTests : ApiTest
{
    private const int PoolSize = 12;

    private const string Buy =
        "mutation ($input: CheckoutInput!) { checkout(input: $input) { tickets { qrText } } }";

    [Fact]
    public async Task The_first_ticket_is_signed_with_the_one_connection_of_its_transaction()
    {
        var (eventId, typeId) = await Org.Test.PutOnSaleAsync();
        await using var host = await TestHost.StartAsync(
            new NpgsqlConnectionStringBuilder(Host.ConnectionString)
            {
                MaxPoolSize = PoolSize,
                Timeout = 3,
            }.ToString());
        await using var taken = await TakeAllButOneAsync(host.Get<NpgsqlDataSource>());
        var answer = await host.AskAsync(Buy, new { input = Buying.Cart(eventId, (typeId, 2)) });
        Assert.Equal(2, answer.Data()["checkout"]!["tickets"].Texts("qrText").Count());
    }

    private static async Task<Connections> TakeAllButOneAsync(NpgsqlDataSource pool)
    {
        var taken = new Connections();
        try
        {
            while (taken.Count < PoolSize)
                taken.Add(await pool.OpenConnectionAsync());
        }
        catch (NpgsqlException)
        {
            // The host itself holds the others.
        }

        await taken[^1].DisposeAsync();
        return taken;
    }

    private sealed class Connections : List<NpgsqlConnection>, IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (var connection in this)
                await connection.DisposeAsync();
        }
    }
}
