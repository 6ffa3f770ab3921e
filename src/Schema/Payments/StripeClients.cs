using System.Collections.Concurrent;
using System.Net;
using Equaticket.Engine.Errors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stripe;

namespace Equaticket.Schema.Payments;

/// <summary>The Stripe client of each mode, and the translation of its errors.</summary>
public sealed class StripeClients(
    IOptions<StripeOptions> options, ILogger<StripeClients> log) : IDisposable
{
    private const int RetriesInSdk = 1;
    private const string CardError = "card_error";

    /// <remarks>Two attempts and the pause between them must fit in the lease of a write that calls Stripe.</remarks>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(12);

    /// <summary>Until when a connection is used, so that a change in DNS takes effect.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<bool, StripeClient> _clients = new();

    private readonly HttpClient _http =
        new(new SocketsHttpHandler { PooledConnectionLifetime = MaxAge }) { Timeout = Timeout };

    /// <summary>Whether the platform can accept payments in this mode.</summary>
    public bool IsConfigured(bool livemode) => KeysOf(livemode).SecretKey is { Length: > 0 };

    public StripeKeys KeysOf(bool livemode) => options.Value.Of(livemode);

    public void Dispose() => _http.Dispose();

    /// <exception cref="ApiError">No key is configured: an operator must add it (503).</exception>
    internal StripeClient Of(bool livemode) =>
        IsConfigured(livemode) ? _clients.GetOrAdd(livemode, Create) : throw ApiError.Unavailable();

    /// <summary>
    /// Calls Stripe. The caller gets Stripe's message only if it is meant for the cardholder. The log gets the other
    /// details but not the message, which may contain keys or personal data.
    /// </summary>
    /// <exception cref="ApiError">Stripe rejects the request (422) or is unavailable (503).</exception>
    internal async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (StripeException fault) when (IsRefusal(fault))
        {
            Log(LogLevel.Warning, fault);
            throw ApiError.Unprocessable(
                fault.StripeError is { Type: CardError, Message: { Length: > 0 } forCardHolder }
                    ? forCardHolder
                    : "Stripe refused this request. Contact support with the request ID.");
        }
        catch (StripeException fault)
        {
            Log(IsAccessDenied(fault) ? LogLevel.Error : LogLevel.Warning, fault);
            throw ApiError.Unavailable();
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException
            or IOException)
        {
            log.LogWarning("Stripe could not be reached ({Fault}).", fault.GetType().Name);
            throw ApiError.Unavailable();
        }
    }

    private StripeClient Create(bool livemode) => new(new StripeClientOptions
    {
        ApiKey = KeysOf(livemode).SecretKey,
        ApiBase = options.Value.ApiBase?.ToString().TrimEnd('/'),
        HttpClient = new SystemNetHttpClient(_http, maxNetworkRetries: RetriesInSdk, enableTelemetry: false),
    });

    /// <summary>Whether a retry would be rejected again.</summary>
    private static bool IsRefusal(StripeException fault) =>
        fault.HttpStatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
            and not (HttpStatusCode.TooManyRequests or HttpStatusCode.Conflict)
        && !IsAccessDenied(fault);

    /// <summary>Whether Stripe denies access, which an operator or the organizer must fix.</summary>
    private static bool IsAccessDenied(StripeException fault) =>
        fault.HttpStatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;

    private void Log(LogLevel level, StripeException fault) => log.Log(
        level,
        "Stripe responded with {Status} {Type} {Code} {Param} to its request {StripeRequestId}.",
        (int)fault.HttpStatusCode, fault.StripeError?.Type, fault.StripeError?.Code,
        fault.StripeError?.Param, fault.StripeResponse?.RequestId);
}
