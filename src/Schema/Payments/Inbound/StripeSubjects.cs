using Equaticket.Persistence.Payments;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;
using Stripe;

namespace Equaticket.Schema.Payments.Inbound;

/// <summary>Finds the order of a Stripe event.</summary>
public sealed class StripeSubjects(TenantContexts contexts)
{
    /// <returns>The order, not locked; null if there is none.</returns>
    internal async Task<Persistence.Orders.Order?> FindAsync(
        Event stripeEvent, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        var reference = ReferenceOf(stripeEvent);
        var order = reference is null
            ? null
            : await database.Orders.IgnoreQueryFilters().SingleOrDefaultAsync(
                o => o.PaymentReference == reference && o.Livemode == stripeEvent.Livemode,
                cancellationToken);
        return order ?? await FindUnansweredAsync(stripeEvent, cancellationToken);
    }

    /// <summary>
    /// Finds the order by the payment's metadata: Stripe's response to creating the payment may have been lost, or may
    /// arrive after the event.
    /// </summary>
    private async Task<Persistence.Orders.Order?> FindUnansweredAsync(
        Event stripeEvent, CancellationToken cancellationToken)
    {
        if (stripeEvent.Data.Object is not PaymentIntent intent
            || !Guid.TryParse(intent.Metadata?.GetValueOrDefault(StripeMetadata.OrderId), out var id))
            return null;
        await using var database = contexts.Lease(null);
        var owner = await database.StripeAccounts.IgnoreQueryFilters().SingleOrDefaultAsync(
            a => a.AccountId == stripeEvent.Account && a.Livemode == stripeEvent.Livemode, cancellationToken);
        if (stripeEvent.Account is null || owner is null)
            return null;
        await using var own = contexts.Lease(
            new TenantScope(owner.OrganizationId, owner.Livemode));
        return await own.Orders.SingleOrDefaultAsync(
            o => o.Id == id && o.PaymentReference == null
                && o.PaymentProvider == PaymentProvider.Stripe,
            cancellationToken);
    }

    private static string? ReferenceOf(Event stripeEvent) => stripeEvent.Data.Object switch
    {
        PaymentIntent intent => intent.Id,
        Refund refund => refund.PaymentIntentId,
        Charge charge => charge.PaymentIntentId,
        Dispute dispute => dispute.PaymentIntentId,
        _ => null,
    };
}
