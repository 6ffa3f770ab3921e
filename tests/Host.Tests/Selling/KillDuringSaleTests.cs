using System.Collections.Concurrent;
using Equaticket.Schema.Orders;
using Equaticket.Testing.Stripe;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Host.Tests.Selling;

/// <summary>400 concurrent buyers while the host is killed. Each one retries until it gets a final response.</summary>
[Trait("Category", "Heavy")]
public sealed class KillDuringSaleTests
{
    private const int Buyers = 400;
    private const int Each = 100;
    private const int Kills = 3;

    private readonly ConcurrentDictionary<string, ApiResponse> _answers = new();
    private SaleOverKills _sale = null!;

    [Fact]
    public async Task A_sale_across_kills_sells_each_ticket_once_and_loses_none()
    {
        await using var sale = _sale = await SaleOverKills.StartAsync(Each);
        await SellAsync(SimulateAsync);

        var sold = _answers.Where(answer => answer.Value.Status == 201).ToList();
        Assert.All(_answers.Values.Except(sold.Select(answer => answer.Value)), refused =>
        {
            Assert.Equal((422, "unprocessable"), (refused.Status, refused.ErrorCode));
            Assert.Matches(
                "^[0-9]+ of \"General Admission\" (is|are) left[.]$",
                (string)refused.Json!["error"]!["message"]!);
        });
        Assert.Equal(
            sold.Select(answer => answer.Value.Id).Order(StringComparer.Ordinal),
            (await sale.QueryAsync<Guid>($"SELECT id FROM orders WHERE event_id = '{sale.EventId}'"))
                .Select(id => id.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal([100, 100, 100], await SoldAsync());
        Assert.Equal([300L], await sale.QueryAsync<long>(
            $"SELECT count(*) FROM attendees WHERE event_id = '{sale.EventId}'"));
        await sale.AssertConsistentAsync();
    }

    [Fact]
    public async Task Each_hold_across_kills_is_one_order_and_is_released_when_it_expires()
    {
        await using var stripe = await StripeStandIn.StartAsync();
        await using var sale = _sale = await SaleOverKills.StartAsync(
            Each,
            [.. stripe.Settings.Select(setting =>
                (setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value!))]);
        await sale.ConnectStripeAsync();
        await SellAsync(CheckoutAsync);

        var held = _answers.Values.Where(answer => answer.ErrorCode is null)
            .Select(answer => (string)answer.Json!["data"]!["checkout"]!["orderNumber"]!).ToList();
        Assert.Equal(
            held.Order(StringComparer.Ordinal),
            (await sale.QueryAsync<long>($"SELECT number FROM orders WHERE event_id = '{sale.EventId}'"))
                .Select(OrderNumbers.Format).Order(StringComparer.Ordinal));
        Assert.Equal([0, 0, 0], await SoldAsync());
        await sale.AssertConsistentAsync();

        await ExpireAsync();
        Assert.Equal([0L], await sale.QueryAsync<long>(
            "SELECT sum(quantity_held) FROM ticket_types"));
        Assert.Equal([(long)held.Count], await sale.QueryAsync<long>(
            "SELECT count(*) FROM orders WHERE status = 'expired'"));
        await sale.AssertConsistentAsync();
    }

    private async Task SellAsync(Func<int, string, Task<ApiResponse?>> buy)
    {
        var buyers = Enumerable.Range(0, Buyers).Select(number => BuyAsync(number, buy)).ToList();
        for (var kill = 1; kill <= Kills; kill++)
        {
            var enough = kill * Buyers / (Kills + 4);
            await Poll.UntilAsync(
                () => Task.FromResult(_answers.Count >= enough));
            await _sale.KillAsync();
        }

        await Task.WhenAll(buyers);
    }

    /// <summary>
    /// Sends the same request with the same key until it gets a final response. It gets none while the host is dead,
    /// while the lease of the first request lasts, or while more buyers wait than a newly started host can serve in
    /// time.
    /// </summary>
    private async Task BuyAsync(int number, Func<int, string, Task<ApiResponse?>> buy)
    {
        var key = $"00000000-0000-4000-8000-{number:D12}";
        ApiResponse? answer;
        while ((answer = await buy(number, key)) is null or { ErrorCode: "conflict" or "unavailable" })
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        Assert.True(answer is { Status: < 500, ErrorCode: not "internal_error" }, answer.Body);
        _answers[key] = answer;
    }

    private Task<ApiResponse?> SimulateAsync(int number, string key) => _sale.TryPostAsync(
        "/api/v1/test-helpers/orders",
        _sale.Key,
        new
        {
            event_id = _sale.EventId,
            buyer_name = "Ada",
            buyer_email = $"buyer-{number}@example.com",
            items = Wishes(number).Select(id => new { ticket_type_id = id, quantity = 1 }),
        },
        key);

    private Task<ApiResponse?> CheckoutAsync(int number, string key) => _sale.TryPostAsync(
        "/graphql",
        key: null,
        new
        {
            query = """
                mutation ($input: CheckoutInput!) {
                  checkout(input: $input) { orderNumber status clientSecret }
                }
                """,
            variables = new
            {
                input = new
                {
                    eventId = _sale.EventId,
                    buyerName = "Ada",
                    buyerEmail = $"buyer-{number}@example.com",
                    items = Wishes(number).Select(id => new { ticketTypeId = id, quantity = 1 }),
                },
            },
        },
        key);

    /// <summary>
    /// One ticket, or two of different types in one order. For each type, single-ticket buyers alone want more tickets
    /// than there are.
    /// </summary>
    private IEnumerable<string> Wishes(int number)
    {
        var first = _sale.TypeIds[number % 3];
        return number % 10 == 0 ? [first, _sale.TypeIds[(number + 1 + number / 10 % 2) % 3]] : [first];
    }

    private Task<IReadOnlyList<int>> SoldAsync() => _sale.QueryAsync<int>(
        $"SELECT quantity_sold FROM ticket_types WHERE event_id = '{_sale.EventId}'");

    /// <summary>Starts a host whose clock is ahead, to expire what is due.</summary>
    private async Task ExpireAsync()
    {
        await using var later = await TestHost.StartAsync(
            _sale.ConnectionString,
            builder => builder.Services.AddSingleton<TimeProvider>(new ClockAhead()));
        await later.Get<HoldSweep>().RunAsync(CancellationToken.None);
    }

    private sealed class ClockAhead : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() =>
            base.GetUtcNow() + TimeSpan.FromMinutes(16);
    }
}
