using System.Text.Json.Nodes;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Tests.Checkout;
using Equaticket.Testing.Stripe;

namespace Equaticket.Schema.Tests.Payments;

/// <summary>A test that sells through the Stripe stand-in, in test mode by default.</summary>
public abstract class StripeTest(StripeHost world) : IClassFixture<StripeHost>, IAsyncLifetime
{
    protected StripeHost World => world;

    protected TestHost Host => world.Host;

    protected StripeStandIn Stripe => world.Stripe;

    protected TestOrganization Org { get; private set; } = null!;

    protected SessionClient Admin { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        Stripe.Recover();
        Stripe.Objects.NewRefundStatus = "succeeded";
        Org = await world.CreateOrganizationAsync();
        Admin = await Org.SignInAsync(Role.Admin, livemode: false);
    }

    /// <summary>Asserts that the money of every order adds up.</summary>
    public virtual async Task DisposeAsync() => Assert.Empty(await world.BrokenOrdersAsync());

    /// <returns>An event on sale with one ticket type.</returns>
    protected async Task<OnSale> PutOnSaleAsync(int? total = 10, long price = 2500, bool livemode = false)
    {
        var key = livemode ? Org.Live : Org.Test;
        var eventId = await key.CreateEventAsync();
        var typeId = await key.CreateTicketTypeAsync(eventId, price, total);
        Assert.Equal(200, (await key.PostAsync($"/api/v1/events/{eventId}/publish")).Status);
        return new OnSale(eventId, typeId);
    }

    /// <returns>A checkout that waits for its payment.</returns>
    protected async Task<StripeSale> CheckOutAsync(OnSale sale, int quantity = 2)
    {
        var checkout = (await Host.CheckoutAsync(
            Buying.Cart(sale.EventId, (sale.TypeId, quantity)))).Checkout();
        Assert.Equal("PENDING", checkout["status"].Text());
        var secret = checkout["clientSecret"].Text();
        var intent = Stripe.Objects.Intents.Values.Single(i => i["client_secret"].Text() == secret);
        return new StripeSale(
            Guid.Parse(intent["metadata"]!["order_id"].Text()),
            checkout["checkoutToken"].Text(),
            intent);
    }

    /// <returns>A paid order, confirmed by a Stripe event.</returns>
    protected async Task<StripeSale> SellAsync(OnSale sale, int quantity = 2)
    {
        var order = await CheckOutAsync(sale, quantity);
        Assert.Equal((200, true), await world.DeliverAsync(Stripe.Objects.Pay(order.Intent)));
        return order;
    }

    /// <summary>Expires a checkout.</summary>
    protected async Task ExpireAsync(StripeSale sale)
    {
        await Host.ExecuteSqlAsync(
            "UPDATE orders SET hold_expires_at = now() - interval '1 second' "
            + "WHERE id = $1 AND hold_expires_at IS NOT NULL", sale.OrderId);
        await Host.Get<HoldSweep>().RunAsync(CancellationToken.None);
    }

    protected async Task<string> StatusAsync(StripeSale sale) => (await Host.QuerySqlAsync<string>(
        "SELECT status FROM orders WHERE id = $1", sale.OrderId))[0];

    protected async Task<string> PaymentStatusAsync(StripeSale sale) => (await Host.QuerySqlAsync<string>(
        "SELECT payment_status FROM orders WHERE id = $1", sale.OrderId))[0];

    /// <returns>The status of each ticket, sorted.</returns>
    protected async Task<string> TicketsAsync(StripeSale sale) => string.Join(
        ' ', await Host.QuerySqlAsync<string>(
            "SELECT status FROM attendees WHERE order_id = $1 ORDER BY status", sale.OrderId));

    protected Task<IReadOnlyList<Guid>> TicketIdsAsync(StripeSale sale) => Host.QuerySqlAsync<Guid>(
        "SELECT id FROM attendees WHERE order_id = $1 ORDER BY created_at, id", sale.OrderId);

    /// <returns><c>origin status amount tickets</c> for each refund, oldest first.</returns>
    protected Task<IReadOnlyList<string>> RefundsAsync(StripeSale sale) => Host.QuerySqlAsync<string>(
        """
        SELECT concat_ws(' ', origin, status, amount, cardinality(attendee_ids)) FROM refunds
        WHERE order_id = $1 ORDER BY created_at, id
        """,
        sale.OrderId);

    /// <returns><c>sold held</c> of the ticket type.</returns>
    protected async Task<string> StockAsync(OnSale sale) => (await Host.QuerySqlAsync<string>(
        "SELECT concat_ws(' ', quantity_sold, quantity_held) FROM ticket_types WHERE id = $1",
        Guid.Parse(sale.TypeId)))[0];

    protected Task<IReadOnlyList<string>> WebhookEventsAsync(StripeSale sale) =>
        Host.QuerySqlAsync<string>(
            "SELECT type FROM webhook_events WHERE order_id = $1 ORDER BY created_at, id",
            sale.OrderId);

    protected Task<ApiResponse> RefundAsync(
        StripeSale sale, IEnumerable<Guid>? tickets = null, IApiCaller? caller = null, string? key = null) =>
        (caller ?? Admin).SendAsync(
            HttpMethod.Post,
            "/graphql",
            new
            {
                query = "mutation ($id: ID!, $tickets: [ID!]) { refundOrder(id: $id, "
                    + "attendeeIds: $tickets, reason: \"Ill\") { status refundedAmount "
                    + "refunds { status amount origin reason attendeeIds } } }",
                variables = new { id = sale.OrderId, tickets },
            },
            key is null ? [Asking.Accept] : [Asking.Accept, ("Idempotency-Key", key)]);
}

public sealed record OnSale(string EventId, string TypeId);

/// <summary>An order, with its payment at the Stripe stand-in.</summary>
public sealed record StripeSale(Guid OrderId, string Token, JsonObject Intent);
