using System.Net;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Errors;
using Equaticket.Schema.Orders;
using Microsoft.Extensions.Options;
using Stripe;

namespace Equaticket.Schema.Payments;

/// <summary>
/// What we ask of Stripe. Every write carries an idempotency key made of our own id, so that asking
/// again never does it twice.
/// </summary>
public sealed class StripeGateway(IOptions<StripeOptions> options) : IDisposable
{
    private const int RetriesInSdk = 1;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(12);

    private readonly HttpClient _http = new() { Timeout = Timeout };

    /// <summary>Whether the platform can take payments in this mode.</summary>
    public bool IsConfigured(bool livemode) =>
        options.Value.Of(livemode).SecretKey is { Length: > 0 };

    /// <summary>What a buyer's browser needs to pay; null when it was not configured.</summary>
    public string? PublishableKey(bool livemode) => options.Value.Of(livemode).PublishableKey;

    /// <summary>
    /// Asks for a payment as a direct charge on the organization's account. Asked again for the same
    /// order, Stripe gives the same one.
    /// </summary>
    /// <exception cref="ApiError">Stripe refuses it (422) or cannot be had now (503).</exception>
    public Task<PaymentIntent> CreateIntentAsync(Order order, CancellationToken cancellationToken) =>
        AskAsync(() => new PaymentIntentService(Client(order.Livemode)).CreateAsync(
            new PaymentIntentCreateOptions
            {
                Amount = StripeUnits.ToStripe(order.TotalAmount, order.Currency),
                Currency = order.Currency,
                AutomaticPaymentMethods = new() { Enabled = true },
                Description = OrderNumbers.Format(order.Number),
                Metadata = new() { [StripeMetadata.OrderId] = order.Id.ToString() },
            },
            new RequestOptions
            {
                StripeAccount = order.PaymentAccount,
                IdempotencyKey = $"order-{order.Id}",
            },
            cancellationToken));

    public void Dispose() => _http.Dispose();

    private StripeClient Client(bool livemode) => new(new StripeClientOptions
    {
        ApiKey = options.Value.Of(livemode).SecretKey,
        ApiBase = options.Value.ApiBase?.ToString().TrimEnd('/'),
        HttpClient = new SystemNetHttpClient(
            _http, maxNetworkRetries: RetriesInSdk, enableTelemetry: false),
    });

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (StripeException fault) when (IsRefusal(fault))
        {
            throw ApiError.Unprocessable(
                $"Stripe refuses this: {fault.StripeError?.Message ?? fault.Message}");
        }
        catch (Exception fault) when (fault is StripeException or HttpRequestException
            or TaskCanceledException)
        {
            throw ApiError.Unavailable();
        }
    }

    /// <summary>Whether asking again would be refused again.</summary>
    private static bool IsRefusal(StripeException fault) =>
        fault.HttpStatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
            and not (HttpStatusCode.TooManyRequests or HttpStatusCode.Conflict
                or HttpStatusCode.Unauthorized);
}
