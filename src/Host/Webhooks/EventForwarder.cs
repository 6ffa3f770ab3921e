using System.Text;
using System.Threading.Channels;
using Equaticket.Host.Hosting;
using Equaticket.Schema.Webhooks;
using Equaticket.Schema.Webhooks.Sending;

namespace Equaticket.Host.Webhooks;

/// <summary>Forwards signed test-mode events to a URL on this machine.</summary>
/// <param name="events">The source of events.</param>
/// <param name="target">The URL to forward to.</param>
/// <param name="secret">The signing secret, <c>whsec_…</c>.</param>
/// <param name="clock">Provides the timestamp of each message.</param>
internal sealed class EventForwarder(
    TestWebhookEvents events, Uri target, string secret, TimeProvider clock) : IDisposable
{
    /// <summary>While the queue is full, no more events are read from the API.</summary>
    private const int QueueLength = 1_000;

    private readonly HttpClient _http = new() { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
    private readonly byte[] _key = WebhookSecrets.KeyOf(secret);

    /// <summary>The timeout of the local endpoint, the same as for any endpoint.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <param name="print">Called with a line for each message, from several threads.</param>
    /// <param name="cancellationToken">Stops forwarding.</param>
    /// <exception cref="ConfigurationException">The API rejects the request.</exception>
    public async Task RunAsync(Action<string> print, CancellationToken cancellationToken)
    {
        var queue = Channel.CreateBounded<(string Id, string Payload)>(QueueLength);
        var reading = new TestWebhookEventFeed(events, print, clock).FollowAsync(queue.Writer, cancellationToken);
        await foreach (var (id, payload) in queue.Reader.ReadAllAsync(cancellationToken))
            print($"{id}  {await ForwardAsync(id, payload, cancellationToken)}  {payload}");
        await reading;
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> ForwardAsync(
        string id, string payload, CancellationToken cancellationToken)
    {
        var (body, timestamp) = (Encoding.UTF8.GetBytes(payload), clock.GetUtcNow().ToUnixTimeSeconds());
        using var request = new HttpRequestMessage(HttpMethod.Post, target)
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimestampHeader, $"{timestamp}");
        request.Headers.Add(
            WebhookSignature.SignatureHeader, WebhookSignature.Of(id, timestamp, body, [_key]));
        using var timeout = new CancellationTokenSource(Timeout, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(request, ending.Token);
            return $"{(int)response.StatusCode}";
        }
        catch (HttpRequestException fault)
        {
            return fault.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"No response within {Timeout.TotalSeconds:0} s.";
        }
    }
}
