using Equaticket.Schema.Tests.Checkout;

namespace Equaticket.Schema.Tests.Subscriptions;

/// <summary>Subscribes to events, and triggers them.</summary>
internal static class Following
{
    public const string Orders =
        "subscription ($eventId: ID!) { orderConfirmed(eventId: $eventId) { id orderNumber } }";

    public const string CheckIns =
        "subscription ($eventId: ID!) { ticketCheckedIn(eventId: $eventId) { id ticketCode checkedIn } }";

    public const string Sales =
        "subscription ($eventId: ID!) { eventSales(eventId: $eventId) { id ticketsSold soldOut } }";

    /// <returns>The order number.</returns>
    public static async Task<string> BuyAsync(this TestHost host, string eventId, string typeId) =>
        (await host.CheckoutAsync(Buying.Cart(eventId, (typeId, 1)))).Checkout()["orderNumber"].Text();

    public static async Task<IReadOnlyList<string>> BuyAsync(
        this TestHost host, string eventId, string typeId, int count)
    {
        var numbers = new List<string>();
        for (var i = 0; i < count; i++)
            numbers.Add(await host.BuyAsync(eventId, typeId));
        return numbers;
    }

    /// <returns>The numbers of the next orders, and the stream position of the last one.</returns>
    public static async Task<(IReadOnlyList<string> Numbers, string? Last)> ReadOrdersAsync(
        this OpenSubscription stream, int count)
    {
        var (numbers, last) = (new List<string>(), (string?)null);
        for (var i = 0; i < count; i++)
        {
            var answer = await stream.ReadAsync();
            numbers.Add(answer!.Json["data"]!["orderConfirmed"]!["orderNumber"].Text());
            last = answer.Id;
        }

        return (numbers, last);
    }

    /// <summary>Asserts that the stream ends with this error and nothing precedes it.</summary>
    public static async Task AssertEndsAsync(this OpenSubscription stream, string code)
    {
        var answer = await stream.ReadAsync();
        Assert.Equal(code, answer!.ErrorCode);
        Assert.Null(answer.Json["data"]);
        Assert.Null(await stream.ReadAsync());
    }
}
