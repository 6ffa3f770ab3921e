using Equaticket.Schema.Tests.Checkout;
using Npgsql;

namespace Equaticket.Schema.Tests.CheckIns;

/// <summary>Signs tickets while every other connection in the pool is in use.</summary>
public sealed class SigningPoolTests : ApiTest
{
    private const int PoolSize = 12;

    private const string Buy =
        "mutation ($input: CheckoutInput!) { checkout(input: $input) { tickets { qrText } } }";

    private readonly List<NpgsqlConnection> _taken = [];

    [Fact]
    public async Task The_first_ticket_is_signed_even_if_its_transaction_has_the_last_connection()
    {
        var (eventId, typeId) = await Org.Test.PutOnSaleAsync();
        await using var host = await TestHost.StartAsync(
            new NpgsqlConnectionStringBuilder(Host.ConnectionString)
            {
                MaxPoolSize = PoolSize,
                Timeout = 5,
            }.ToString());
        await TakeAllButOneAsync(host.Get<NpgsqlDataSource>());
        var answer = await host.AskAsync(Buy, new { input = Buying.Cart(eventId, (typeId, 2)) });
        _taken.ForEach(connection => connection.Dispose());
        Assert.Equal(2, answer.Data()["checkout"]!["tickets"].Texts("qrText").Count());
    }

    private async Task TakeAllButOneAsync(NpgsqlDataSource pool)
    {
        try
        {
            while (_taken.Count < PoolSize)
                _taken.Add(await pool.OpenConnectionAsync());
        }
        catch (NpgsqlException)
        {
            // The host uses the remaining connections.
        }

        await _taken[0].DisposeAsync();
    }
}
