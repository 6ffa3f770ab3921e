using Equaticket.Persistence.Team;
using Equaticket.Schema.Tests.Checkout;

namespace Equaticket.Schema.Tests.Buyers;

/// <summary>Attendees of an unpaid order are redacted with the buyer.</summary>
public sealed class NamedAttendeesTests : ApiTest
{
    [Theory]
    [InlineData("Zyxwvut@Example.com", "zyxwvut@example.com")]
    [InlineData("ada@BÜCHER.example", "ada@bücher.EXAMPLE")]
    public async Task Redaction_clears_an_email_address_in_another_buyers_order(
        string named, string redacted)
    {
        await DeclineAsync("carol@example.com", "bob@example.com", named);
        await RedactAsync(redacted);
        var left = await NamedAsync();
        Assert.Contains("bob@example.com", left, StringComparison.Ordinal);
        Assert.DoesNotContain("Guest 1", left, StringComparison.Ordinal);
        Assert.DoesNotContain(redacted, left, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Redaction_clears_all_attendees_in_the_buyers_own_order()
    {
        await DeclineAsync("carol@example.com", "bob@example.com", "dave@example.com");
        await RedactAsync("Carol@example.com");
        Assert.Equal("[]", await NamedAsync());
    }

    private async Task DeclineAsync(string buyer, params string[] attendees)
    {
        var (eventId, typeId) = await Org.Test.PutOnSaleAsync();
        var cart = Buying.Cart(eventId);
        (cart["buyerEmail"], cart["paymentMethod"]) = (buyer, "pm_card_chargeDeclined");
        cart["items"] = new[]
        {
            new
            {
                ticketTypeId = typeId,
                quantity = attendees.Length,
                attendees = attendees.Select((email, index) => new { name = $"Guest {index}", email }),
            },
        };
        Assert.Equal("FAILED", (await Host.CheckoutAsync(cart)).Checkout()["status"].Text());
    }

    private async Task RedactAsync(string email)
    {
        var admin = await Org.SignInAsync(Role.Admin, livemode: false);
        var answer = await admin.GraphQLAsync(
            "mutation ($email: String!) { redactBuyer(email: $email) { orders } }", new { email });
        Assert.True(answer is { Status: 200, ErrorCode: null }, answer.Body);
    }

    private async Task<string> NamedAsync() => Assert.Single(await Host.QuerySqlAsync<string>(
        "SELECT named::text FROM order_items WHERE organization_id = $1", Org.Organization.Id));
}
