using System.Text.Json.Nodes;
using Equaticket.Schema.Orders;
using Equaticket.Testing.Stripe;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Equaticket.Schema.Tests.Checkout;

/// <summary>Tickets held while waiting for Stripe, with a clock controlled by the test.</summary>
public sealed class HoldTests : IAsyncLifetime
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private StripeStandIn _stripe = null!;
    private TestHost _host = null!;
    private TestOrganization _org = null!;
    private string _eventId = "";
    private string _typeId = "";

    public async Task InitializeAsync()
    {
        _stripe = await StripeStandIn.StartAsync();
        _host = await TestHost.StartAsync(configure: builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(_clock);
            builder.Configuration.AddInMemoryCollection(_stripe.Settings);
        });
        _org = await _host.CreateOrganizationAsync();
        await _host.ExecuteSqlAsync(
            """
            INSERT INTO stripe_accounts
                (organization_id, livemode, account_id, charges_enabled, updated_at)
            VALUES ($1, false, 'acct_' || $1, true, now())
            """,
            _org.Organization.Id);
        (_eventId, _typeId) = await _org.Test.PutOnSaleAsync(total: 10);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _stripe.DisposeAsync();
    }

    [Fact]
    public async Task Checkout_holds_the_tickets_for_fifteen_minutes()
    {
        var checkout = (await BuyAsync(4)).Checkout();
        Assert.Equal("PENDING", checkout["status"].Text());
        Assert.Contains("_secret", checkout["clientSecret"].Text(), StringComparison.Ordinal);
        Assert.Equal(
            _clock.GetUtcNow() + Lifetime, checkout["expiresAt"]!.GetValue<DateTimeOffset>(),
            TimeSpan.FromSeconds(1));
        Assert.Equal((0, 6), await StockAsync());

        _clock.Advance(Lifetime - TimeSpan.FromMinutes(1));
        await SweepAsync();
        Assert.Equal("PENDING", await StatusAsync(checkout));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await AssertExpiresAsync(checkout);
        Assert.Equal((0, 10), await StockAsync());
        Assert.Empty(await _host.QuerySqlAsync<Guid>("SELECT id FROM attendees"));
    }

    [Fact]
    public async Task Checkout_takes_the_stock_of_an_expired_checkout_without_waiting_for_the_job()
    {
        var first = (await BuyAsync(10)).Checkout();
        var refused = await BuyAsync(1, "other@example.com");
        Assert.Equal("0 of \"General Admission\" are left.", Message(refused));
        _clock.Advance(Lifetime);
        Assert.Equal("PENDING", (await BuyAsync(1, "other@example.com")).Checkout()["status"].Text());
        Assert.Equal("EXPIRED", await StatusAsync(first));
        Assert.Equal((0, 9), await StockAsync());
    }

    [Fact]
    public async Task Cancel_checkout_releases_the_tickets_immediately_and_is_idempotent()
    {
        var checkout = (await BuyAsync(4)).Checkout();
        foreach (var _ in new[] { 1, 2 })
        {
            var cancelled = await _host.CancelCheckoutAsync(checkout["checkoutToken"].Text());
            Assert.Equal("FAILED", cancelled.Data()["cancelCheckout"]!["status"].Text());
            Assert.Equal((0, 10), await StockAsync());
        }
    }

    [Fact]
    public async Task A_buyer_can_have_at_most_three_open_checkouts_for_an_event()
    {
        var first = (await BuyAsync(1)).Checkout();
        await BuyAsync(1);
        await BuyAsync(1, "ADA@example.com");
        var refused = await BuyAsync(1);
        Assert.Equal(("unprocessable", "buyerEmail"), (refused.ErrorCode, refused.Param));
        Assert.Null((await BuyAsync(1, "other@example.com")).ErrorCode);
        await _host.CancelCheckoutAsync(first["checkoutToken"].Text());
        Assert.Null((await BuyAsync(1)).ErrorCode);
    }

    [Fact]
    public async Task Ten_concurrent_checkouts_of_one_buyer_open_three()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => BuyAsync(1)));
        Assert.Equal(3, answers.Count(answer => answer.ErrorCode is null));
        Assert.All(
            answers.Where(answer => answer.ErrorCode is not null),
            answer => Assert.Equal("buyerEmail", answer.Param));
        Assert.Equal((0, 7), await StockAsync());
    }

    [Fact]
    public async Task Cancelling_the_event_ends_its_checkouts()
    {
        var checkout = (await BuyAsync(4)).Checkout();
        var cancelled = await _org.Test.PostAsync($"/api/v1/events/{_eventId}/cancel");
        Assert.Equal(200, cancelled.Status);
        await AssertExpiresAsync(checkout);
        Assert.Equal((0, 10), await StockAsync());
        Assert.Equal("This event is cancelled.", Message(await BuyAsync(1)));
    }

    [Fact]
    public async Task A_ticket_type_with_held_tickets_cannot_be_removed_or_reduced_below_them()
    {
        await BuyAsync(4);
        var path = $"/api/v1/events/{_eventId}/ticket-types/{_typeId}";
        Assert.Equal(409, (await _org.Test.DeleteAsync(path)).Status);
        var cut = await _org.Test.PatchAsync(path, new { quantity_total = 3 });
        Assert.Equal((422, "quantity_total"), (cut.Status, cut.Param));
        Assert.Equal(200, (await _org.Test.PatchAsync(path, new { quantity_total = 4 })).Status);
    }

    [Fact]
    public async Task A_retried_checkout_continues_with_its_order()
    {
        const string key = "0e2f4f3c-8a6a-4a0c-9d5c-2f1a3b4c5d6e";
        var cart = Buying.Cart(_eventId, (_typeId, 1));
        var first = await _host.CheckoutAsync(cart, key);
        Assert.Equal(first.Body, (await _host.CheckoutAsync(cart, key)).Body);
        Assert.Equal((0, 9), await StockAsync());
    }

    private Task<ApiResponse> BuyAsync(int quantity, string email = "ada@example.com")
    {
        var cart = Buying.Cart(_eventId, (_typeId, quantity));
        cart["buyerEmail"] = email;
        return _host.CheckoutAsync(cart);
    }

    private async Task<string> StatusAsync(JsonNode checkout)
    {
        var status = await _host.CheckoutStatusAsync(checkout["checkoutToken"].Text());
        return status.Data()["checkoutStatus"]!["status"].Text();
    }

    private Task<(int Sold, int? Available)> StockAsync() => _org.Test.StockAsync(_eventId, _typeId);

    /// <remarks>
    /// The host's own jobs may be processing the order at the same time. The sweep then skips it, and the next sweep
    /// expires it.
    /// </remarks>
    private Task AssertExpiresAsync(JsonNode checkout) => Poll.UntilAsync(
        async () =>
        {
            await SweepAsync();
            return await StatusAsync(checkout) == "EXPIRED";
        });

    private Task SweepAsync() => _host.Get<HoldSweep>().RunAsync(CancellationToken.None);

    private static string Message(ApiResponse refused) =>
        refused.Json!["errors"]![0]!["message"].Text();
}
