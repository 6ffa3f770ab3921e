using Equaticket.Schema.Orders;
using Equaticket.Testing.Stripe;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Equaticket.Dashboard.Tests;

/// <summary>Payments through Stripe's form. A script replaces the form and pays when a test asks it to.</summary>
[Trait("Category", "Tools")]
public sealed class StorefrontPaymentTests(StripeHost world) : BrowserTest, IClassFixture<StripeHost>
{
    private const string StripeJs =
        """
        window.Stripe = (key, { stripeAccount }) => ({
          elements: ({ clientSecret }) => ({
            create: () => ({ mount: (place) => { place.textContent = `${key} ${stripeAccount} ${clientSecret}`; } }),
          }),
          confirmPayment: async () => window.isDeclined
            ? { error: { message: 'Your card was declined.' } }
            : {},
        });
        """;

    [Fact]
    public async Task A_card_is_declined_then_accepted_and_the_order_page_shows_the_payment()
    {
        var page = await CheckOutAsync();
        var intent = world.Stripe.Objects.Intents.Values.Last();
        await Expect(page.Locator(".payment")).ToContainTextAsync((string)intent["client_secret"]!);
        await page.EvaluateAsync("window.isDeclined = true");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pay 50.00 USD" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Your card was declined.");
        await page.EvaluateAsync("window.isDeclined = false");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pay 50.00 USD" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Waiting for your payment");
        Assert.Equal((200, true), await world.DeliverAsync(world.Stripe.Objects.Pay(intent)));
        await Expect(page.Locator(".ticket")).ToHaveCountAsync(2, new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task A_buyer_leaves_comes_back_to_pay_and_cancels()
    {
        var page = await CheckOutAsync();
        await page.GotoAsync(Order(page));
        await page.GetByRole(AriaRole.Link, new() { Name = "Pay now" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel order" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }))
            .ToHaveTextAsync("This order was not completed");
        await page.GetByRole(AriaRole.Link, new() { Name = "Choose tickets again" }).ClickAsync();
        await Expect(page.GetByLabel("Number of tickets")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Only_the_payment_page_may_load_Stripe()
    {
        var page = await CheckOutAsync();
        var paying = await page.ReloadAsync();
        var policy = paying!.Headers["content-security-policy"];
        Assert.Contains(
            "script-src 'self' https://js.stripe.com https://*.js.stripe.com;", policy, StringComparison.Ordinal);
        Assert.Contains("frame-src https://js.stripe.com", policy, StringComparison.Ordinal);
        Assert.Equal(
            ("no-store", "no-referrer"), (paying.Headers["cache-control"], paying.Headers["referrer-policy"]));
        var order = await page.GotoAsync(Order(page));
        Assert.DoesNotContain("stripe", order!.Headers["content-security-policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("_secret", await order.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_scripts_the_page_says_what_it_needs()
    {
        var page = await CheckOutAsync(hasScripts: false);
        await Expect(page.GetByText("It requires JavaScript.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button)).ToHaveTextAsync(["Cancel order"]);
    }

    [Fact]
    public async Task Each_payment_page_is_accessible_and_fits()
    {
        var page = await CheckOutAsync();
        var look = new Look(page, Host.Address, "https://js.stripe.com");
        await look.AtAsync("order-pay");
        await look.AtAsync("order-pending", Order(page));
        await page.FollowAsync("Pay now");
        await page.PressAsync("Cancel order");
        await page.ExpectHeadingAsync("This order was not completed");
        await look.AtAsync("order-failed");
        var late = await CheckOutAsync();
        await Host.ExecuteSqlAsync(
            "UPDATE orders SET hold_expires_at = now() - interval '1 minute' WHERE status = 'pending'");
        await Host.Get<HoldSweep>().RunAsync(CancellationToken.None);
        await look.AtAsync("order-expired", Order(late));
        await page.ExpectHeadingAsync("Your time to pay ran out");
        look.AssertFine();
    }

    protected override Task<TestHost> HostAsync() => Task.FromResult(world.Host);

    private static string Order(IPage page) => page.Url.Replace("/order/pay", "/order", StringComparison.Ordinal);

    /// <returns>The browser page with Stripe's form.</returns>
    private async Task<IPage> CheckOutAsync(bool hasScripts = true)
    {
        var org = await world.CreateOrganizationAsync();
        var shop = await org.Live.OpenShopAsync(price: 2500);
        var page = await OpenAsync("about:blank", hasScripts);
        await page.RouteAsync("https://js.stripe.com/**", route => route.FulfillAsync(
            new() { ContentType = "text/javascript", Body = StripeJs }));
        await page.GotoAsync(shop.Checkout(2));
        await page.EnterBuyerAsync();
        await page.PressAsync("Continue to payment");
        await page.ExpectHeadingAsync("Payment");
        return page;
    }
}
