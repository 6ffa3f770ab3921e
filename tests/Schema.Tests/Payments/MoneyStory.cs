using System.Text.Json.Nodes;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Tests.Checkout;
using Equaticket.Testing.Stripe;

namespace Equaticket.Schema.Tests.Payments;

/// <summary>Performs random actions on the sales of one event.</summary>
internal sealed class MoneyStory(
    StripeHost world, TestOrganization org, SessionClient admin, OnSale sale)
{
    private readonly AccountAtStripe _account =
        new(world.Stripe.Objects, StripeHost.AccountOf(org, livemode: false));

    private readonly List<string> _tokens = [];

    private StripeObjects Stripe => world.Stripe.Objects;

    public Task TakeAsync(MoneyStep step) => step.Action switch
    {
        MoneyAction.CheckOut => CheckOutAsync(step.Choice),
        MoneyAction.CheckOutBadly => CheckOutAsync(step.Choice, step.Faults),
        MoneyAction.Pay => With(_account.Unpaid, step.Choice, intent => Stripe.Pay(intent)),
        MoneyAction.Decline => With(_account.Unpaid, step.Choice, intent => Stripe.Decline(intent)),
        MoneyAction.Hear => HearAsync(_account.Told, step.Choice),
        MoneyAction.HearNewest => HearAsync([.. _account.Told.TakeLast(3).Reverse()], step.Choice),
        MoneyAction.HearForged => HearForgedAsync(step.Choice),
        MoneyAction.ExpireHolds => ExpireAsync(),
        MoneyAction.GiveUp => With(_tokens, step.Choice, token => world.Host.CancelCheckoutAsync(token)),
        MoneyAction.WorkInBackground => WorkAsync(),
        MoneyAction.RefundTicket => RefundAsync(step.Choice),
        MoneyAction.RefundBadly => RefundAsync(step.Choice, step.Faults),
        MoneyAction.RefundInStripe or MoneyAction.RefundSlowly => RefundInStripeAsync(step),
        MoneyAction.EndRefund => With(
            _account.PendingRefunds, step.Choice,
            refund => Stripe.EndRefund(refund, step.Choice % 2 == 0 ? "failed" : "succeeded")),
        MoneyAction.Dispute => With(
            _account.Paid, step.Choice, i => Stripe.Dispute(i, step.Choice % 2 == 0 ? "lost" : "won")),
        MoneyAction.CancelEvent => step.Choice % 4 == 0 ? CancelEventAsync() : Task.CompletedTask,
        _ => world.ReadMissedEventsAsync(),
    };

    /// <returns><c>sold held</c>, counted from tickets and open orders.</returns>
    public async Task<string> ExpectedStockAsync() => (await world.Host.QuerySqlAsync<string>(
        """
        SELECT concat_ws(' ',
            (SELECT count(*) FROM attendees WHERE event_id = $1 AND status <> 'refunded'),
            (SELECT coalesce(sum(quantity), 0) FROM order_items JOIN orders
                ON orders.id = order_items.order_id
                WHERE orders.event_id = $1 AND orders.status = 'pending'))
        """,
        Guid.Parse(sale.EventId)))[0];

    /// <summary>Delivers everything in flight.</summary>
    public async Task SettleAsync()
    {
        world.Stripe.Recover();
        await ExpireAsync();
        for (var round = 0; round < 3; round++)
        {
            await WorkAsync();
            foreach (var refund in _account.PendingRefunds)
                Stripe.EndRefund(refund, "succeeded");
            foreach (var said in _account.Told)
                Assert.Equal(200, (await world.DeliverAsync(said)).Status);
        }
    }

    /// <summary>Captured and refunded amounts match Stripe, and nothing is pending.</summary>
    public async Task RequireAgreementAsync()
    {
        foreach (var intent in _account.Intents)
        {
            var money = (await world.Host.QuerySqlAsync<string>(
                """
                SELECT concat_ws(' ', status <> 'pending', captured_amount, (SELECT
                    coalesce(sum(amount) FILTER (WHERE status = 'succeeded'), 0)
                    FROM refunds WHERE refunds.order_id = orders.id AND amount > 0),
                    payment_check_at IS NULL)
                FROM orders WHERE id = $1
                """,
                Guid.Parse((string)intent["metadata"]!["order_id"]!)))[0];
            Assert.Equal($"t {intent["amount_received"]} {_account.Refunded(intent)} t", money);
            Assert.NotEqual("requires_payment_method", StripeObjects.Status(intent));
        }
    }

    private async Task CheckOutAsync(int choice, params StripeFault[] faults)
    {
        world.Stripe.Fail(faults);
        var cart = Buying.Cart(sale.EventId, (sale.TypeId, 1 + choice % 2));
        cart["buyerEmail"] = $"buyer{choice}@example.com";
        var answer = await world.Host.CheckoutAsync(cart);
        if (answer.ErrorCode is null)
            _tokens.Add(answer.Checkout()["checkoutToken"].Text());
        Assert.NotEqual("internal_error", answer.ErrorCode);
        world.Stripe.Recover();
    }

    private async Task RefundAsync(int choice, params StripeFault[] faults)
    {
        var tickets = await world.Host.QuerySqlAsync<string>(
            "SELECT concat_ws(' ', order_id, id) FROM attendees WHERE event_id = $1 ORDER BY id",
            Guid.Parse(sale.EventId));
        if (tickets.Count == 0)
            return;
        var ids = tickets[choice % tickets.Count].Split(' ');
        world.Stripe.Fail(faults);
        var answer = await admin.GraphQLAsync(
            "mutation ($id: ID!, $tickets: [ID!]) { refundOrder(id: $id, attendeeIds: $tickets) { id } }",
            new { id = ids[0], tickets = choice % 3 == 0 ? null : new[] { ids[1] } });
        Assert.True(answer.ErrorCode is null or "conflict" or "unprocessable", answer.Body);
        world.Stripe.Recover();
    }

    private async Task RefundInStripeAsync(MoneyStep step)
    {
        var intents = _account.Paid.FindAll(i => Stripe.Left(i) > 0);
        if (intents.Count == 0)
            return;
        var intent = intents[step.Choice % intents.Count];
        var left = Stripe.Left(intent);
        Stripe.NewRefundStatus = step.Action == MoneyAction.RefundSlowly ? "pending" : "succeeded";
        switch (step.Choice % 3)
        {
            case 0:
                Stripe.Refund(intent, left);
                break;
            case 1:
                Stripe.Refund(intent, Math.Min(left, 1 + step.Choice));
                break;
            default:
                var named = await world.Host.QuerySqlAsync<Guid>(
                    "SELECT id FROM attendees WHERE order_id = $1 LIMIT 1",
                    Guid.Parse((string)intent["metadata"]!["order_id"]!));
                Stripe.Refund(
                    intent, Math.Min(left, 2500), new() { ["attendee_ids"] = string.Join(',', named) });
                break;
        }

        Stripe.NewRefundStatus = "succeeded";
    }

    private async Task HearForgedAsync(int choice)
    {
        var genuine = _account.Told.FindAll(
            said => (string)said["type"]! == "payment_intent.succeeded");
        if (genuine.Count == 0)
            return;
        var forged = genuine[choice % genuine.Count].DeepClone().AsObject();
        forged["id"] = Stripe.NextId("evt");
        StripeForgery.Spoil(forged, StripeForgery.Ways[choice % StripeForgery.Ways.Length]);
        var before = await RowsAsync();
        Assert.Equal(
            (200, false), await world.DeliverAsync(forged, StripeStandIn.TestWebhookSecret));
        Assert.Equal(before, await RowsAsync());
    }

    private async Task<string> RowsAsync() => (await world.Host.QuerySqlAsync<string>(
        """
        SELECT md5(concat(
            (SELECT string_agg(o::text, '|' ORDER BY id) FROM orders AS o WHERE organization_id = $1),
            (SELECT string_agg(a::text, '|' ORDER BY id) FROM attendees AS a WHERE organization_id = $1),
            (SELECT string_agg(r::text, '|' ORDER BY id) FROM refunds AS r WHERE organization_id = $1),
            (SELECT string_agg(t::text, '|' ORDER BY id) FROM ticket_types AS t
                WHERE organization_id = $1)))
        """,
        org.Organization.Id))[0];

    private async Task ExpireAsync()
    {
        await world.Host.ExecuteSqlAsync(
            "UPDATE orders SET hold_expires_at = now() - interval '1 second' "
            + "WHERE event_id = $1 AND hold_expires_at IS NOT NULL", Guid.Parse(sale.EventId));
        await world.Host.Get<HoldSweep>().RunAsync(CancellationToken.None);
    }

    private async Task WorkAsync()
    {
        await world.HurryAsync();
        await world.RunJobsAsync();
    }

    private Task CancelEventAsync() => org.Test.PostAsync(
        $"/api/v1/events/{sale.EventId}/cancel", new { refund_orders = true });

    private Task HearAsync(List<JsonObject> told, int choice) =>
        With(told, choice, said => world.DeliverAsync(said));

    private static Task With<T>(List<T> choices, int choice, Func<T, object> act) =>
        choices.Count == 0 ? Task.CompletedTask
            : act(choices[choice % choices.Count]) as Task ?? Task.CompletedTask;
}
