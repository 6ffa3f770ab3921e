using Equaticket.Engine.Errors;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Orders;
using Stripe;

namespace Equaticket.Schema.Payments;

/// <summary>
/// What we ask of Stripe about payments. They are direct charges on the organization's account. Every
/// write carries an idempotency key made of our own id, so that asking again never does it twice.
/// </summary>
public sealed class StripeGateway(StripeClients clients)
{
    /// <summary>Whether the platform can take payments in this mode.</summary>
    public bool IsConfigured(bool livemode) => clients.IsConfigured(livemode);

    /// <summary>What a buyer's browser needs to pay; null when it was not configured.</summary>
    public string? PublishableKey(bool livemode) => clients.KeysOf(livemode).PublishableKey;

    /// <summary>Asks for the payment of an order. Asked again, Stripe gives the same one.</summary>
    /// <exception cref="ApiError">Stripe refuses it (422) or cannot be had now (503).</exception>
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

    /// <summary>How the payment of an order stands. It must have a reference.</summary>
    /// <exception cref="ApiError">Stripe refuses it (422) or cannot be had now (503).</exception>
    public Task<PaymentIntent> GetIntentAsync(Order order, CancellationToken cancellationToken) =>
        clients.AskAsync(() => Intents(order).GetAsync(
            order.PaymentReference, options: null, OnAccountOf(order), cancellationToken));

    /// <summary>
    /// Calls a payment off. Without a key of ours: Stripe would keep the refusal to call off a payment
    /// that is under way, and give it again when that has ended.
    /// </summary>
    /// <exception cref="ApiError">Stripe refuses it (422) or cannot be had now (503).</exception>
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
