using System.Net;
using Equaticket.Engine.Errors;
using Microsoft.Extensions.Options;
using Stripe;

namespace Equaticket.Schema.Payments;

/// <summary>Stripe's client of each mode, and what its faults mean to us.</summary>
public sealed class StripeClients(IOptions<StripeOptions> options) : IDisposable
{
    private const int RetriesInSdk = 1;

    /// <remarks>Twice this, with a pause, stays within the lease of a write that calls Stripe.</remarks>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(12);

    private readonly HttpClient _http = new() { Timeout = Timeout };

    /// <summary>Whether the platform can take payments in this mode.</summary>
    public bool IsConfigured(bool livemode) => KeysOf(livemode).SecretKey is { Length: > 0 };

    public StripeKeys KeysOf(bool livemode) => options.Value.Of(livemode);

    public void Dispose() => _http.Dispose();

    /// <exception cref="ApiError">There is no key (any more): an operator has to set it (503).</exception>
    internal StripeClient Of(bool livemode) => IsConfigured(livemode)
        ? new(new StripeClientOptions
        {
            ApiKey = KeysOf(livemode).SecretKey,
            ApiBase = options.Value.ApiBase?.ToString().TrimEnd('/'),
            HttpClient = new SystemNetHttpClient(
                _http, maxNetworkRetries: RetriesInSdk, enableTelemetry: false),
        })
        : throw ApiError.Unavailable();

    /// <exception cref="ApiError">Stripe refuses it (422) or cannot be had now (503).</exception>
    internal static async Task<T> AskAsync<T>(Func<Task<T>> ask)
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
            or TaskCanceledException or IOException)
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
