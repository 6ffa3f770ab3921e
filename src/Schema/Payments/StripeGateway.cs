using Equaticket.Engine.Errors;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Orders;
using Stripe;

namespace Equaticket.Schema.Payments;

/// <summary>
/// Stripe calls for payments, which are direct charges on the organization's account. Every write except a cancellation
/// has an idempotency key derived from an id of Equaticket, so that a retry has no second effect.
/// </summary>
public sealed class StripeGateway(StripeClients clients)
{
    /// <summary>Whether the platform can accept payments in this mode.</summary>
    public bool IsConfigured(bool livemode) => clients.IsConfigured(livemode);

    /// <summary>The publishable key for the buyer's browser; null if not configured.</summary>
    public string? PublishableKey(bool livemode) => clients.KeysOf(livemode).PublishableKey;

    /// <summary>Creates an order's payment. A retry returns the same payment.</summary>
    /// <exception cref="ApiError">Stripe rejects the request (422) or is unavailable (503).</exception>
    public Task<PaymentIntent> CreateIntentAsync(Order order, CancellationToken cancellationToken) =>
        clients.AskAsync(() => Intents(order).CreateAsync(
            new PaymentIntentCreateOptions
            {
                Amount = StripeUnits.ToStripe(order.TotalAmount, order.Currency),
                Currency = order.Currency,
                AutomaticPaymentMethods = new() { Enabled = true },
                Description = OrderNumbers.Format(order.Number),
                Metadata = new() { [StripeMetadata.OrderId] = order.Id.ToString() },
            },
            OnAccountOf(order, $"order-{order.Id}"),
            cancellationToken));

    /// <summary>Gets the state of an order's payment, which must have a reference.</summary>
    /// <exception cref="ApiError">Stripe rejects the request (422) or is unavailable (503).</exception>
    public Task<PaymentIntent> GetIntentAsync(Order order, CancellationToken cancellationToken) =>
        clients.AskAsync(() => Intents(order).GetAsync(
            order.PaymentReference, options: null, OnAccountOf(order), cancellationToken));

    /// <summary>
    /// Cancels a payment, without an idempotency key: if the payment was in progress, Stripe would store its refusal
    /// and repeat it even after the payment is no longer in progress.
    /// </summary>
    /// <exception cref="ApiError">Stripe rejects the request (422) or is unavailable (503).</exception>
    public Task<PaymentIntent> CancelIntentAsync(Order order, CancellationToken cancellationToken) =>
        clients.AskAsync(() => Intents(order).CancelAsync(
            order.PaymentReference, options: null, OnAccountOf(order), cancellationToken));

    private PaymentIntentService Intents(Order order) => new(clients.Of(order.Livemode));

    internal static RequestOptions OnAccountOf(Order order, string? idempotencyKey = null) => new()
    {
        StripeAccount = order.PaymentAccount,
        IdempotencyKey = idempotencyKey,
    };
}

/// <summary>The metadata keys that link Stripe objects to Equaticket's.</summary>
public static class StripeMetadata
{
    /// <summary>The organization of a connected account.</summary>
    public const string OrganizationId = "organization_id";

    /// <summary>The order of a PaymentIntent.</summary>
    public const string OrderId = "order_id";

    /// <summary>The Equaticket refund of a Stripe refund.</summary>
    public const string RefundId = "refund_id";

    /// <summary>The tickets of a refund made in Stripe, separated by commas.</summary>
    public const string AttendeeIds = "attendee_ids";
}
