using Equaticket.Engine.Errors;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Team;
using Equaticket.Schema.Tests.Checkout;
using Equaticket.Schema.Webhooks;

namespace Equaticket.Schema.Tests.Emails;

/// <summary>Every accepted address can receive mail. All others are refused immediately.</summary>
public sealed class EmailAddressTests(EmailHost shared) : EmailTest(shared)
{
    private static readonly string Label = new('a', 63);

    public static TheoryData<string, string> Accepted => new()
    {
        { "ada@example.com", "ada@example.com" },
        { "Ada+Tea@Sub.Example.COM", "Ada+Tea@Sub.Example.COM" },
        { "o'hara!#$%&*/=?^_`{|}~-@example.com", "o'hara!#$%&*/=?^_`{|}~-@example.com" },
        { "taro..yamada@docomo.example", "\"taro..yamada\"@docomo.example" },
        { "taro.@docomo.example", "\"taro.\"@docomo.example" },
        { ".taro@docomo.example", "\".taro\"@docomo.example" },
        { "ada@b\u00fccher.example", "ada@xn--bcher-kva.example" },
        { "ada@\u4f8b\u3048.jp", "ada@xn--r8jz45g.jp" },
        { $"{new string('a', 64)}@example.com", $"{new string('a', 64)}@example.com" },
        { $"a@{Label}.com", $"a@{Label}.com" },
    };

    public static TheoryData<string> Refused =>
    [
        "nobody", "@example.com", "ada@", "ada@localhost", "a@b@example.com", "ada@example..com", "ada@.example.com",
        "ada@example.com.", "ada@-example.com", "ada@example-.com", "ada@exam_ple.com", "ada@127.0.0.1",
        "ada@[127.0.0.1]", "ada lovelace@example.com", "\"ada lovelace\"@example.com", "ada,bob@example.com",
        "Ada <ada@example.com>", "ad\u00e1@example.com", "ada@example.com\nBcc: bob@example.com",
        "a\u200bda@example.com", $"{new string('a', 65)}@example.com", $".{new string('a', 63)}@example.com",
        $"a@{Label}a.com", $"a@{Label}.{Label}.{Label}.{Label}.com", "ada@\u2603.example", "ada@a\uffff.example", "ada@a\u200bb.example",
    ];

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task Mail_is_sent_to_every_address_that_checkout_accepts(string given, string onTheWire)
    {
        await BuyAsync(email: given);
        await SendAsync();
        Assert.Equal((1, true, false), await QueuedAsync());
        var recipient = Assert.Single(Assert.Single(Mail.Taken).To.Mailboxes);
        Assert.Equal((onTheWire, "Ada Lovelace"), (recipient.GetAddress(idnEncode: true), recipient.Name));
        Assert.Equal(
            [given],
            await Host.QuerySqlAsync<string>("SELECT buyer_email FROM orders JOIN queued_emails ON order_id = orders.id"));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task An_undeliverable_address_is_refused_with_the_name_of_its_field(string address)
    {
        var (eventId, typeId) = await Org.Test.PutOnSaleAsync();
        var cart = Buying.Cart(eventId, (typeId, 1));
        cart["buyerEmail"] = address;
        var buyer = await Host.CheckoutAsync(cart);
        Assert.Equal((400, "validation_error", "buyerEmail"), (buyer.Status, buyer.ErrorCode, buyer.Param));
        cart["buyerEmail"] = "ada@example.com";
        cart["items"] = new[] { new { ticketTypeId = typeId, quantity = 1, attendees = new[] { new { email = address } } } };
        var attendee = await Host.CheckoutAsync(cart);
        Assert.Equal(
            (400, "validation_error", "items[0].attendees[0].email"),
            (attendee.Status, attendee.ErrorCode, attendee.Param));
        var user = await Assert.ThrowsAsync<ApiError>(() => CreateOwnerAsync(address));
        Assert.Equal((ErrorCode.ValidationError, "email"), (user.ErrorCode, user.Param));
    }

    [Fact]
    public async Task An_owner_with_dots_in_the_address_is_notified_of_a_disabled_webhook()
    {
        await CreateOwnerAsync("taro..yamada@docomo.example");
        var made = await Org.Live.PostAsync(
            "/api/v1/webhooks", new { url = "https://example.com/", events = new[] { "order.created" } });
        Assert.Equal(201, made.Status);
        await Host.ExecuteSqlAsync(
            "UPDATE webhooks SET status = 'disabled', disabled_reason = 'It failed.', owner_notice_due_at = $1",
            Clock.GetUtcNow());
        await Host.Get<OwnerNotices>().RunAsync(CancellationToken.None);
        Assert.Equal("\"taro..yamada\"@docomo.example", Assert.Single(Mail.Taken).To.ToString());
    }

    [Fact]
    public async Task Delivery_to_an_address_accepted_before_these_rules_stops_immediately()
    {
        await BuyAsync();
        await Host.ExecuteSqlAsync("UPDATE orders SET buyer_email = 'ad\u00e1@example.com'");
        await SendAsync();
        Assert.Equal((1, false, false), await QueuedAsync());
    }

    [Theory]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("Pacific/Pago_Pago")]
    public async Task The_latest_accepted_time_is_formatted_in_every_time_zone(string timezone)
    {
        await BuyAsync(body =>
        {
            body["timezone"] = timezone;
            body["starts_at"] = "9998-12-31T23:59:59.999Z";
        });
        await SendAsync();
        Assert.Equal((1, true, false), await QueuedAsync());
    }

    private Task<User> CreateOwnerAsync(string email) =>
        Host.Get<UserRegistry>().CreateAsync(
            Org.Organization, email, Role.Owner, password: null, CancellationToken.None);
}
