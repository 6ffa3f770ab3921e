using System.Text.RegularExpressions;

namespace Equaticket.Schema.Tests.Checkout;

/// <summary>
/// Concurrent buyers. Each wants one ticket of each of several types, in random order, and settles for what is left.
/// </summary>
internal sealed partial class CrowdOfBuyers(
    IReadOnlyList<TestHost> hosts, string eventId, IReadOnlyList<string> typeIds)
{
    /// <returns>The number of buyers who got at least one ticket.</returns>
    public async Task<int> BuyAsync(int buyers)
    {
        var bought = await Task.WhenAll(Enumerable.Range(0, buyers).Select(BuyOneAsync));
        return bought.Count(gotTickets => gotTickets);
    }

    private async Task<bool> BuyOneAsync(int number)
    {
        var random = new Random(number);
        var wishes = typeIds.Where((_, type) => ((number % 7) + 1 & (1 << type)) != 0)
            .OrderBy(_ => random.Next()).ToList();
        while (wishes.Count > 0)
        {
            var cart = Buying.Cart(eventId, [.. wishes.Select(id => (id, 1))]);
            cart["buyerEmail"] = $"buyer-{number}@example.com";
            var answer = await hosts[number % hosts.Count].CheckoutAsync(cart);
            if (answer.ErrorCode is null)
                return answer.Checkout()["status"].Text() == "CONFIRMED";
            wishes.RemoveAt(ShortItem(answer));
        }

        return false;
    }

    /// <summary>The index of the item that the response reports as sold out.</summary>
    private static int ShortItem(ApiResponse refused)
    {
        Assert.Equal((200, "unprocessable"), (refused.Status, refused.ErrorCode));
        Assert.Equal(
            "0 of \"General Admission\" are left.", refused.Json!["errors"]![0]!["message"].Text());
        return int.Parse(Item().Match(refused.Param!).Groups["index"].Value);
    }

    [GeneratedRegex(@"^items\[(?<index>\d)\]\.quantity$", RegexOptions.ExplicitCapture)]
    private static partial Regex Item();
}
