using Equaticket.Engine.Errors;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Orders;
using Stripe;

namespace Equaticket.Schema.Payments;

/// <summary>
/// Stripe calls for payments, which are direct charges on the organization's account. Every
/// write has an idempotency key derived from our own id, so that a retry has no second effect.
/// </summary>
public sealed class StripeGateway(StripeClients clients)
{
    /// <summary>Whether the platform can accept payments in this mode.</summary>
    public bool IsConfigured(bool livemode) => clients.IsConfigured(livemode);

    /// <summary>The publishable key for the buyer's browser; null if not configured.</summary>
    public string? PublishableKey(bool livemode) => clients.KeysOf(livemode).PublishableKey;

    /// <summary>Creates the payment of an order. A retry returns the same one.</summary>
    /// <exception cref="ApiError">Stripe refuses it (422) or is unavailable (503).</exception>
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

    /// <summary>The state of an order's payment, which must have a reference.</summary>
    /// <exception cref="ApiError">Stripe refuses it (422) or is unavailable (503).</exception>
    public Task<PaymentIntent> GetIntentAsync(Order order, CancellationToken cancellationToken) =>
        clients.AskAsync(() => Intents(order).GetAsync(
            order.PaymentReference, options: null, OnAccountOf(order), cancellationToken));

    /// <summary>
    /// Cancels a payment. Without an idempotency key: Stripe would store the refusal to cancel a payment
    /// that is in progress, and repeat it after that has ended.
    /// </summary>
    /// <exception cref="ApiError">Stripe refuses it (422) or is unavailable (503).</exception>
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

/// <summary>The metadata we set on Stripe objects to identify them.</summary>
public static class StripeMetadata
{
    /// <summary>On a connected account: the organization.</summary>
    public const string OrganizationId = "organization_id";

    /// <summary>On a PaymentIntent: the order.</summary>
    public const string OrderId = "order_id";

    /// <summary>On a refund: our refund.</summary>
    public const string RefundId = "refund_id";

    /// <summary>On a refund made in Stripe: its tickets, separated by commas.</summary>
    public const string AttendeeIds = "attendee_ids";
}
