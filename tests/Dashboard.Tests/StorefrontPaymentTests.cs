using Equaticket.Testing.Stripe;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Equaticket.Dashboard.Tests;

/// <summary>Payments through Stripe's form. A script replaces the form and pays when a test asks it to.</summary>
[Trait("Category", "Tools")]
public sealed class StorefrontPaymentTests(StripeHost world, Browser browser)
    : IClassFixture<StripeHost>, IClassFixture<Browser>
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
    public async Task A_card_is_declined_then_accepted_and_the_order_page_learns_of_the_payment()
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
        await page.GotoAsync(page.Url.Replace("/order/pay", "/order", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Link, new() { Name = "Pay now" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the order" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }))
            .ToHaveTextAsync("This order was not completed");
        await page.GetByRole(AriaRole.Link, new() { Name = "Choose tickets again" }).ClickAsync();
        await Expect(page.GetByLabel("Number of tickets")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Only_the_page_with_the_form_lets_Stripe_in()
    {
        var page = await CheckOutAsync();
        var paying = await page.ReloadAsync();
        var policy = paying!.Headers["content-security-policy"];
        Assert.Contains(
            "script-src 'self' https://js.stripe.com https://*.js.stripe.com;", policy, StringComparison.Ordinal);
        Assert.Contains("frame-src https://js.stripe.com", policy, StringComparison.Ordinal);
        Assert.Equal(
            ("no-store", "no-referrer"), (paying.Headers["cache-control"], paying.Headers["referrer-policy"]));
        var order = await page.GotoAsync(page.Url.Replace("/order/pay", "/order", StringComparison.Ordinal));
        Assert.DoesNotContain("stripe", order!.Headers["content-security-policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("_secret", await order.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_scripts_the_page_says_what_it_needs()
    {
        var page = await CheckOutAsync(new() { JavaScriptEnabled = false });
        await Expect(page.GetByText("It needs JavaScript.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button)).ToHaveTextAsync(["Cancel the order"]);
    }

    /// <returns>The browser page with Stripe's form.</returns>
    private async Task<IPage> CheckOutAsync(BrowserNewContextOptions? options = null)
    {
        var org = await world.CreateOrganizationAsync();
        var shop = await org.Live.OpenShopAsync(price: 2500);
        var page = await browser.OpenAsync(options);
        await page.RouteAsync("https://js.stripe.com/**", route => route.FulfillAsync(
            new() { ContentType = "text/javascript", Body = StripeJs }));
        await page.GotoAsync(world.Host.Address + shop.Checkout(2)[1..]);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Ada Lovelace");
        await page.GetByLabel("Email").FillAsync("ada@example.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue to payment" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Payment");
        return page;
    }
}
