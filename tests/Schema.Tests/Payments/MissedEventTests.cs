using Equaticket.Schema.Tests.Refunds;
using Equaticket.Testing.Stripe;

namespace Equaticket.Schema.Tests.Payments;

/// <summary>Stripe events that are fetched later, one of which cannot be applied.</summary>
public sealed class MissedEventTests(StripeHost world) : StripeTest(world)
{
    [Fact]
    public async Task An_event_that_cannot_be_applied_does_not_delay_others_and_is_fetched_again()
    {
        await BrokenOrders.PrepareAsync(Host);
        var sale = await PutOnSaleAsync();
        var (broken, fine) = (await SellAsync(sale), await SellAsync(sale));
        await Host.BreakAsync(broken);
        Stripe.Objects.Refund(broken.Intent, 5000);
        Stripe.Objects.Refund(fine.Intent, 5000);
        await World.ReadMissedEventsAsync();
        Assert.Empty(await RefundsAsync(broken));
        Assert.Equal(["stripe succeeded 5000 2"], await RefundsAsync(fine));

        await Host.RepairAsync();
        await Host.ExecuteSqlAsync(
            "UPDATE stripe_accounts SET events_check_at = now() WHERE organization_id = $1",
            Org.Organization.Id);
        await World.ReadMissedEventsAsync();
        Assert.Equal(["stripe succeeded 5000 2"], await RefundsAsync(broken));
    }

    [Fact]
    public async Task An_event_whose_details_stripe_refuses_does_not_delay_others()
    {
        var sale = await PutOnSaleAsync();
        var (refused, fine) = (await SellAsync(sale), await SellAsync(sale));
        Stripe.Objects.Refund(refused.Intent, 5000);
        Stripe.Objects.Refund(fine.Intent, 5000);
        await Host.ExecuteSqlAsync(
            """
            UPDATE stripe_accounts SET events_check_at = now()
                + CASE WHEN organization_id = $1 AND NOT livemode THEN '0' ELSE '1 day' END::interval
            """,
            Org.Organization.Id);
        var events = StripeFault.Slow();
        events.Gate!.SetResult();
        Stripe.Fail(events, StripeFault.BadRequest);
        await World.ReadMissedEventsAsync();
        Assert.Equal(["stripe succeeded 5000 2"], await RefundsAsync(fine));
    }
}
