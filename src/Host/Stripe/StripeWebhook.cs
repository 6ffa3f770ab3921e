using System.Text;
using Equaticket.Engine.Errors;
using Equaticket.RestFacade.Binding;
using Equaticket.Schema.Payments;
using Equaticket.Schema.Payments.Inbound;
using Stripe;

namespace Equaticket.Host.Stripe;

/// <summary>
/// The endpoint for Stripe's events. Rejects unsigned events, and acknowledges irrelevant signed
/// ones, so that Stripe does not resend them.
/// </summary>
internal sealed class StripeWebhook(
    StripeInbox inbox, StripeClients clients, TimeProvider clock, ILogger<StripeWebhook> log)
{
    private const string SignatureHeader = "Stripe-Signature";

    /// <summary>The maximum age of a signature, to prevent replays.</summary>
    private const long ToleranceInSeconds = 300;

    private static readonly bool[] BothModes = [true, false];

    /// <exception cref="ApiError">The signature is invalid, or the body is not an event.</exception>
    public async Task HandleAsync(HttpContext http)
    {
        var bytes = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        var json = Encoding.UTF8.GetString(bytes.Span);
        var modes = ModesOf(json, http.Request.Headers[SignatureHeader].ToString());
        var stripeEvent = Parse(json);
        var outcome = modes.Contains(stripeEvent.Livemode)
            ? await inbox.ReceiveAsync(stripeEvent, http.RequestAborted)
            : inbox.Ignore(stripeEvent);
        await http.Response.WriteAsJsonAsync(
            new { received = true, applied = outcome != StripeEventOutcome.Ignored },
            http.RequestAborted);
    }

    /// <summary>The modes whose secret signed the body. A test secret is valid only for test data.</summary>
    private List<bool> ModesOf(string json, string signature)
    {
        var modes = BothModes.Where(livemode => SecretsOf(livemode)
            .Any(secret => IsSigned(json, signature, secret))).ToList();
        return modes.Count > 0
            ? modes
            : throw ApiError.Validation(
                SignatureHeader, "The signature does not match any webhook secret of this server.");
    }

    private bool IsSigned(string json, string signature, string secret)
    {
        try
        {
            EventUtility.ValidateSignature(
                json, signature, secret, ToleranceInSeconds,
                clock.GetUtcNow().ToUnixTimeSeconds());
            return true;
        }
        catch (Exception fault) when (fault is StripeException or FormatException
            or OverflowException or ArgumentException or KeyNotFoundException)
        {
            return false;
        }
    }

    /// <remarks>Stripe's parser throws various exceptions for text that is not an event.</remarks>
    private Event Parse(string json)
    {
        try
        {
            var stripeEvent = EventUtility.ParseEvent(json, throwOnApiVersionMismatch: false);
            if (stripeEvent is { Id.Length: > 0 and <= 255, Type.Length: > 0 })
                return stripeEvent;
        }
        catch (Exception fault)
        {
            log.LogWarning("A signed body is not a Stripe event: {Fault}.", fault.GetType().Name);
        }

        throw ApiError.Validation(null, "The body is not a Stripe event.");
    }

    /// <summary>The webhook secrets. During a rotation there are two, separated by a comma.</summary>
    private string[] SecretsOf(bool livemode) =>
        (clients.KeysOf(livemode).WebhookSecret ?? "").Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
