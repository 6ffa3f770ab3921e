namespace Equaticket.Dashboard.Tests;

/// <summary>The base class for tests of the pages for buyers, with a client that doesn't run JavaScript.</summary>
public abstract class StorefrontTest : ApiTest
{
    protected const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private protected DashboardClient Buyer { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Buyer = new DashboardClient(Host.Address);
    }

    public override Task DisposeAsync()
    {
        Buyer.Dispose();
        return base.DisposeAsync();
    }
}

/// <summary>An event on sale, as buyers see it.</summary>
/// <param name="Id">The event's id.</param>
/// <param name="TypeId">The id of its ticket type.</param>
/// <param name="Path">The path of its page.</param>
internal sealed record Shop(string Id, string TypeId, string Path)
{
    /// <param name="quantity">The number of tickets that the buyer chose.</param>
    public string Checkout(int quantity = 1) => $"/checkout{Path["/e".Length..]}?{TypeId}={quantity}";
}

internal static class Storefront
{
    /// <param name="key">A live or test key.</param>
    /// <param name="price">The price of a ticket. Live events must be free (0) here.</param>
    /// <param name="total">The number of tickets; null for no limit.</param>
    /// <param name="changes">Fields to set on the event.</param>
    public static async Task<Shop> OpenShopAsync(
        this ApiClient key, long price = 0, int? total = 10, params (string Name, object? Value)[] changes)
    {
        var body = Seed.EventBody("Harbour Jazz Night");
        foreach (var (name, value) in changes)
            body[name] = value;
        var made = await key.PostAsync("/api/v1/events", body);
        Assert.True(made.Status == 201, made.Body);
        var type = await key.CreateTicketTypeAsync(made.Id, price, total);
        Assert.Equal(200, (await key.PostAsync($"/api/v1/events/{made.Id}/publish")).Status);
        return new Shop(made.Id, type, new Uri((string)made.Json!["url"]!).AbsolutePath);
    }

    /// <returns>The URL of a new order's page.</returns>
    public static async Task<string> BuyAsync(this DashboardClient client, Shop shop, int quantity = 1)
    {
        var path = shop.Checkout(quantity);
        var answer = await client.SendAsync(DashboardClient.Form(
            path, (await client.GetAsync(path)).CheckoutForm(),
            ("buyer_name", "Ada Lovelace"), ("buyer_email", "ada@example.com")));
        Assert.True(answer.Status == 303, answer.Body);
        return answer.Location!;
    }

    /// <returns>The hidden fields of the checkout form.</returns>
    public static IReadOnlyList<(string Name, string Value)> CheckoutForm(this PageAnswer page)
    {
        Assert.True(page.Status is 200 or 422 or 400, $"{page.Status}: {page.Body}");
        const string start = "name=\"_key\" value=\"";
        var at = page.Body.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return [("_key", page.Body[at..page.Body.IndexOf('"', at)])];
    }
}
