using Equaticket.Persistence;
using Equaticket.Testing.Stripe;

namespace Equaticket.Host.Tests.Selling;

/// <summary><c>kill -9</c> during a call to Stripe: a retry with the same key continues from there.</summary>
[Trait("Category", "Heavy")]
public sealed class StripeKillTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    private static readonly RowStamps Stamps = new(TimeProvider.System);

    private StripeStandIn _stripe = null!;
    private SaleOverKills _sale = null!;

    [Fact]
    public async Task A_checkout_and_a_refund_continue_after_a_kill_during_a_stripe_call()
    {
        await using var stripe = _stripe = await StripeStandIn.StartAsync();
        await using var sale = _sale = await SaleOverKills.StartAsync(
            each: 10,
            ("Stripe__ApiBase", stripe.Address.ToString()),
            ("Stripe__Test__SecretKey", StripeStandIn.TestKey));
        await sale.ConnectStripeAsync();

        var bought = await GoOnAfterKillAsync("/v1/payment_intents", key => CheckOutAsync(key));
        Assert.Equal("PENDING", (string?)bought.Json!["data"]!["checkout"]!["status"]);
        var intent = Assert.Single(stripe.Objects.Intents.Values);
        var orderId = Assert.Single(await sale.QueryAsync<Guid>("SELECT id FROM orders"));

        stripe.Objects.Pay(intent);
        await sale.QueryAsync<object>("UPDATE orders SET payment_check_at = now()");
        await Poll.UntilAsync(
            async () => (await sale.QueryAsync<string>("SELECT status FROM orders"))[0] == "confirmed",
            Bound);

        var refunded = await GoOnAfterKillAsync("/v1/refunds", key => sale.TryPostAsync(
            $"/api/v1/test-helpers/orders/{orderId}/refund", sale.Key, new { }, key));
        Assert.Equal((200, "refunded"), (refunded.Status, (string?)refunded.Json!["status"]));
        Assert.Single(stripe.Objects.Refunds);
        await sale.AssertConsistentAsync();
    }

    /// <summary>Kills the host after Stripe has acted but not responded, and retries.</summary>
    private async Task<ApiResponse> GoOnAfterKillAsync(
        string path, Func<string, Task<ApiResponse?>> send)
    {
        var (slow, key) = (StripeFault.Slow(), $"{Stamps.Next().Id}");
        _stripe.Fail(slow);
        var first = send(key);
        await Poll.UntilAsync(
            () => Task.FromResult(_stripe.Requests.Any(
                request => request.Method == "POST" && request.Path == path)), Bound);
        // Extends the leases, so that they last however long the next host takes to start.
        await _sale.QueryAsync<object>(
            "UPDATE idempotency_records SET lease_expires_at = now() + interval '1 hour' "
            + "WHERE lease_expires_at > now()");
        await _sale.KillAsync();
        slow.Gate!.SetResult();
        Assert.Null(await first);
        var leased = await send(key);
        Assert.Equal("conflict", leased!.ErrorCode);
        Assert.Equal("1", leased.Header("Retry-After"));
        await _sale.QueryAsync<object>(
            "UPDATE idempotency_records SET lease_expires_at = now() WHERE lease_expires_at > now()");
        return (await send(key))!;
    }

    private Task<ApiResponse?> CheckOutAsync(string key) => _sale.TryPostAsync(
        "/graphql",
        key: null,
        new
        {
            query = "mutation ($input: CheckoutInput!) { checkout(input: $input) "
                + "{ status clientSecret } }",
            variables = new
            {
                input = new
                {
                    eventId = _sale.EventId,
                    buyerName = "Ada",
                    buyerEmail = "ada@example.com",
                    items = new[] { new { ticketTypeId = _sale.TypeIds[0], quantity = 2 } },
                },
            },
        },
        key);
}
