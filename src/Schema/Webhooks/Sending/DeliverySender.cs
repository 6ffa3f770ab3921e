using System.Net.Http.Headers;
using Equaticket.Persistence;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Webhooks.Addresses;

namespace Equaticket.Schema.Webhooks.Sending;

/// <summary>Makes one delivery attempt and determines its outcome.</summary>
public sealed class DeliverySender(
    EndpointClient client,
    EndpointGuard guard,
    WebhookSecrets secrets,
    RetrySchedule schedule,
    RowStamps stamps,
    TimeProvider clock)
{
    /// <summary>The total timeout for connecting, sending, and receiving the response.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>The minimum and maximum delay after an internal error.</summary>
    private static readonly (TimeSpan First, TimeSpan Longest) OwnDelays =
        (TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(15));

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private static readonly ProductInfoHeaderValue UserAgent = new("Equaticket-Webhooks", "1");

    /// <exception cref="OperationCanceledException">The host is stopping; the outcome is unknown.</exception>
    /// <exception cref="Exception">An internal error, which says nothing about the endpoint.</exception>
    public async Task<DeliveryOutcome> SendAsync(
        ClaimedDelivery claim, CancellationToken cancellationToken)
    {
        if (claim is not { Endpoint: { } endpoint, Message: { } message })
            return new DeliveryOutcome(claim, Attempt: null, WebhookDeliveryStatus.Failed, DueAt: null);
        var body = message.Write();
        byte[][] keys = [.. Stored(endpoint).Select(secrets.KeyOf)];
        var (startedAt, start) = (stamps.Now(), clock.GetTimestamp());
        using var bound = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            bound.Token, cancellationToken);
        Answered answered;
        try
        {
            answered = await CallAsync(endpoint.Url, new(message.Id, body, keys), either.Token);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested
            && AttemptFaults.IsOfEndpoint(fault))
        {
            answered = new Answered(null, AttemptFaults.Of(fault, Timeout), null, null);
        }

        var duration = (int)clock.GetElapsedTime(start).TotalMilliseconds;
        var attempt = new WebhookDeliveryAttempt(
            startedAt, answered.Status, duration, answered.Fault?.Message, answered.Body,
            answered.Fault?.Outcome ?? AttemptOutcome.Succeeded);
        return Outcome(claim, attempt, answered.RetryAfter);
    }

    /// <summary>
    /// Postpones a delivery after an internal error, without counting an attempt. The delay is as long as the delivery
    /// has already waited, within bounds.
    /// </summary>
    public DeliveryOutcome PutOff(ClaimedDelivery claim)
    {
        var now = stamps.Now();
        var waited = now - (claim.Message?.CreatedAt ?? now);
        var delay = waited < OwnDelays.First ? OwnDelays.First
            : waited > OwnDelays.Longest ? OwnDelays.Longest : waited;
        return new DeliveryOutcome(claim, Attempt: null, WebhookDeliveryStatus.Pending, now + delay);
    }

    private DeliveryOutcome Outcome(
        ClaimedDelivery claim, WebhookDeliveryAttempt attempt, TimeSpan? retryAfter)
    {
        if (attempt.Error is null)
            return new DeliveryOutcome(claim, attempt, WebhookDeliveryStatus.Succeeded, DueAt: null);
        var outcome = new DeliveryOutcome(claim, attempt, WebhookDeliveryStatus.Failed, DueAt: null);
        var delay = schedule.Delay(claim.Step, Random.Shared.NextDouble(), retryAfter);
        return outcome.IsGone || delay is null
            ? outcome
            : outcome with { Status = WebhookDeliveryStatus.Pending, DueAt = stamps.Now() + delay };
    }

    private async Task<Answered> CallAsync(
        string url, SignedMessage message, CancellationToken cancellationToken)
    {
        using var request = Request(url, message);
        using var response = await client.SendAsync(request, cancellationToken);
        return new Answered(
            (int)response.StatusCode,
            AttemptFaults.Of(response.StatusCode),
            await AnswerExcerpt.ReadAsync(response.Content, cancellationToken),
            RetryAfter(response.Headers.RetryAfter));
    }

    private HttpRequestMessage Request(string url, SignedMessage message)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, guard.Read(url))
        {
            Content = new ByteArrayContent(message.Body),
        };
        request.Content.Headers.ContentType = Json;
        request.Headers.UserAgent.Add(UserAgent);
        var timestamp = stamps.Now().ToUnixTimeSeconds();
        request.Headers.Add(WebhookSignature.IdHeader, message.Id);
        request.Headers.Add(WebhookSignature.TimestampHeader, $"{timestamp}");
        request.Headers.Add(
            WebhookSignature.SignatureHeader,
            WebhookSignature.Of(message.Id, timestamp, message.Body, message.Keys));
        return request;
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? asked) =>
        asked?.Delta ?? (asked?.Date - stamps.Now());

    private static IEnumerable<byte[]> Stored(ClaimedEndpoint endpoint) =>
        new[] { endpoint.Secret, endpoint.PreviousSecret }.OfType<byte[]>();

    private sealed record SignedMessage(string Id, byte[] Body, byte[][] Keys);

    private sealed record Answered(int? Status, AttemptFault? Fault, string? Body, TimeSpan? RetryAfter);
}
