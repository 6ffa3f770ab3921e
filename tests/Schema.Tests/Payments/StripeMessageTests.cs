using Equaticket.Schema.Tests.Checkout;
using Equaticket.Testing.Stripe;
using Microsoft.Extensions.Logging;

namespace Equaticket.Schema.Tests.Payments;

/// <summary>What callers and operators see when Stripe refuses a request.</summary>
public sealed class StripeMessageTests(StripeHost world) : StripeTest(world)
{
    private const string Ours = "Stripe refused this request. Contact support with the request ID.";
    private const string Secret = "The provided key 'sk_test_standin' has no access to 'acct_1'.";

    [Theory]
    [InlineData(402, "card_error", "Your card was declined.", "Your card was declined.")]
    [InlineData(402, "card_error", null, Ours)]
    [InlineData(402, "invalid_request_error", Secret, Ours)]
    [InlineData(400, "invalid_request_error", Secret, Ours)]
    [InlineData(404, "invalid_request_error", Secret, Ours)]
    [InlineData(400, "idempotency_error", Secret, Ours)]
    public async Task A_refusal_shows_what_a_cardholder_needs_and_otherwise_a_generic_message(
        int status, string type, string? message, string shown)
    {
        var refused = await CheckOutAsync(status, type, message);
        Assert.Equal("unprocessable", refused.ErrorCode);
        Assert.Equal(shown, Message(refused));
        AssertLogged(LogLevel.Warning, status, type);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_key_that_stripe_does_not_accept_is_unavailable_and_logged_as_an_error(
        int status)
    {
        var sale = await PutOnSaleAsync();
        var refused = await CheckOutAsync(status, "invalid_request_error", Secret, sale);
        Assert.Equal("unavailable", refused.ErrorCode);
        Assert.DoesNotContain("sk_test", refused.Body, StringComparison.Ordinal);
        Assert.Equal("0 2", await StockAsync(sale));
        AssertLogged(LogLevel.Error, status, "invalid_request_error");
    }

    [Fact]
    public async Task A_refund_waits_until_stripe_accepts_the_key_again()
    {
        var order = await SellAsync(await PutOnSaleAsync());
        Stripe.Fail(new StripeFault(false, StoredAnswer.Error(403, "invalid_request_error", Secret)));
        await RefundAsync(order);
        Assert.Equal(["dashboard pending 5000 2"], await RefundsAsync(order));
        await World.HurryAsync();
        await World.RunJobsAsync();
        Assert.Equal(["dashboard succeeded 5000 2"], await RefundsAsync(order));
    }

    private async Task<ApiResponse> CheckOutAsync(
        int status, string type, string? message, OnSale? sale = null)
    {
        sale ??= await PutOnSaleAsync();
        World.Log.Lines.Clear();
        Stripe.Fail(new StripeFault(false, StoredAnswer.Error(status, type, message!)));
        return await Host.CheckoutAsync(Buying.Cart(sale.EventId, (sale.TypeId, 2)));
    }

    /// <summary>
    /// Asserts that one log line contains the error, and none contains Stripe's message, which may include keys or
    /// personal data.
    /// </summary>
    private void AssertLogged(LogLevel level, int status, string type)
    {
        Assert.Single(World.Log.Lines, line => line.Level == level
            && line.Text.Contains($"{status} {type}", StringComparison.Ordinal));
        Assert.DoesNotContain(
            World.Log.Lines, line => line.Text.Contains(Secret, StringComparison.Ordinal));
    }

    private static string Message(ApiResponse refused) =>
        refused.Json!["errors"]![0]!["message"].Text();
}
