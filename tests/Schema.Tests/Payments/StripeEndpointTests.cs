using Equaticket.Testing.Stripe;

namespace Equaticket.Schema.Tests.Payments;

/// <summary>The endpoint trusts only signed events that match their orders.</summary>
public sealed class StripeEndpointTests(StripeHost world) : StripeTest(world)
{
    [Theory]
    [InlineData("account")]
    [InlineData("livemode")]
    [InlineData("payment")]
    [InlineData("amount")]
    [InlineData("received")]
    [InlineData("currency")]
    public async Task An_event_that_does_not_match_its_order_changes_nothing(string what)
    {
        var sale = await PutOnSaleAsync();
        var order = await CheckOutAsync(sale);
        var said = Stripe.Objects.Pay(order.Intent).DeepClone().AsObject();
        said["id"] = Stripe.Objects.NextId("evt");
        StripeForgery.Spoil(said, what);
        Assert.Equal((200, false), await World.DeliverAsync(said, StripeStandIn.TestWebhookSecret));
        Assert.Equal("pending", await StatusAsync(order));
        Assert.Equal("0 2", await StockAsync(sale));
    }

    [Fact]
    public async Task An_event_for_an_order_that_a_reset_removed_gets_200()
    {
        var order = await CheckOutAsync(await PutOnSaleAsync());
        var paid = Stripe.Objects.Pay(order.Intent);
        await Host.ExecuteSqlAsync("DELETE FROM orders WHERE id = $1", order.OrderId);
        Assert.Equal((200, false), await World.DeliverAsync(paid));
    }

    [Fact]
    public async Task The_endpoint_refuses_what_stripe_has_not_signed_and_never_fails_on_garbage()
    {
        var order = await CheckOutAsync(await PutOnSaleAsync());
        var json = Stripe.Objects.Pay(order.Intent).ToJsonString();
        var now = Stripe.Objects.Now;
        string?[] forged =
        [
            null, "", "t=,v1=", "nonsense", $"t={now},v1={new string('0', 64)}", "v1=abc", $"t={now}",
            Signed(json, "whsec_other", now),
            Signed(json, StripeStandIn.TestWebhookSecret, now - 3600),
            Signed(json + " ", StripeStandIn.TestWebhookSecret, now),
        ];
        foreach (var signature in forged)
            Assert.Equal(400, (await World.PostAsync(json, signature)).Status);
        string[] garbage =
        [
            "", "null", "[]", "{", "5", "{}", """{"id":7}""", """{"id":"evt_1","object":"event"}""",
            """{"id":"evt_1","object":"event","type":"payment_intent.succeeded","livemode":false}""",
            """{"id":"evt_2","object":"event","type":"refund.created","livemode":false,"data":{}}""",
            """{"id":"evt_3","object":"event","type":"refund.created","livemode":false,"data":{"object":{"object":"refund","amount":"x"}}}""",
            """{"id":"evt_4","object":"event","type":"charge.refunded","livemode":false,"data":{"object":{"object":"charge"}}}""",
            """{"id":"evt_5","object":"event","type":"unknown","livemode":false,"data":{"object":{"object":"mystery"}}}""",
        ];
        foreach (var body in garbage)
        {
            var (status, answer) = await World.PostAsync(
                body, Signed(body, StripeStandIn.TestWebhookSecret, now));
            Assert.True(status is 200 or 400, $"{body}: {status} {answer}");
        }

        Assert.Equal("pending", await StatusAsync(order));
    }

    private static string Signed(string json, string secret, long time) =>
        global::Stripe.EventUtility.GenerateSignatureHeader(json, secret, time);
}
