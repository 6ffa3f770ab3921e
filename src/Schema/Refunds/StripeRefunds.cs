using Equaticket.Engine.Errors;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Payments;
using Stripe;
using Refund = Equaticket.Persistence.Refunds.Refund;
using StripeRefund = Stripe.Refund;

namespace Equaticket.Schema.Refunds;

/// <summary>Stripe calls for refunds.</summary>
public sealed class StripeRefunds(StripeClients clients)
{
    private const int PageSize = 100;

    /// <summary>Requests a refund. A retry returns the same refund.</summary>
    /// <remarks>
    /// Stripe discards idempotency keys after a day or more, so a later attempt first checks whether an earlier one
    /// took effect.
    /// </remarks>
    /// <exception cref="ApiError">Stripe rejects the request (422) or is unavailable (503).</exception>
    public async Task<StripeRefund> AskAsync(
        Order order, Refund refund, CancellationToken cancellationToken)
    {
        if (refund.ProviderReference is { } reference)
            return await GetAsync(order, reference, cancellationToken);
        var made = refund.Attempts > 1
            ? (await ListAsync(order, cancellationToken)).FirstOrDefault(found => IsOf(found, refund))
            : null;
        return made ?? await CreateAsync(order, refund, cancellationToken);
    }

    /// <returns>All refunds of an order's payment, regardless of origin, oldest first.</returns>
    /// <exception cref="ApiError">Stripe rejects the request (422) or is unavailable (503).</exception>
    public Task<List<StripeRefund>> ListAsync(Order order, CancellationToken cancellationToken) =>
        clients.AskAsync(async () => await Service(order).ListAutoPagingAsync(
            new RefundListOptions { PaymentIntent = order.PaymentReference, Limit = PageSize },
            StripeGateway.OnAccountOf(order),
            cancellationToken).Reverse().ToListAsync(cancellationToken));

    /// <summary>Whether Stripe's refund was created for this refund.</summary>
    internal static bool IsOf(StripeRefund made, Refund refund) =>
        made.Metadata?.GetValueOrDefault(StripeMetadata.RefundId) == refund.Id.ToString();

    private Task<StripeRefund> GetAsync(
        Order order, string reference, CancellationToken cancellationToken) =>
        clients.AskAsync(() => Service(order).GetAsync(
            reference, options: null, StripeGateway.OnAccountOf(order), cancellationToken));

    private Task<StripeRefund> CreateAsync(
        Order order, Refund refund, CancellationToken cancellationToken) =>
        clients.AskAsync(() => Service(order).CreateAsync(
            new RefundCreateOptions
            {
                PaymentIntent = order.PaymentReference,
                Amount = StripeUnits.ToStripe(refund.Amount, order.Currency),
                Metadata = new() { [StripeMetadata.RefundId] = refund.Id.ToString() },
            },
            StripeGateway.OnAccountOf(order, $"refund-{refund.Id}"),
            cancellationToken));

    private RefundService Service(Order order) => new(clients.Of(order.Livemode));
}
