using System.Text;
using Equaticket.Schema.Webhooks.Sending;

namespace Equaticket.Host.Webhooks;

/// <summary>Forwards what happens in test mode to an address on this machine, signed.</summary>
/// <param name="events">Where events are read.</param>
/// <param name="target">Where they go.</param>
/// <param name="secret">The secret that signs, <c>whsec_…</c>.</param>
/// <param name="clock">Tells the time of each message.</param>
internal sealed class EventForwarder(
    TestEvents events, Uri target, string secret, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A transaction that began earlier may commit later.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly byte[] _key = Convert.FromBase64String(secret["whsec_".Length..]);

    /// <param name="tell">Called with a line for each message.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(Action<string> tell, CancellationToken cancellationToken)
    {
        foreach (var (id, _) in await ReadAsync(cancellationToken))
            _seen.Add(id);
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            foreach (var (id, payload) in await ReadAsync(cancellationToken))
            {
                if (_seen.Add(id))
                    tell($"{id}  {await ForwardAsync(id, payload, cancellationToken)}  {payload}");
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private Task<IReadOnlyList<(string Id, string Payload)>> ReadAsync(
        CancellationToken cancellationToken) =>
        events.SinceAsync(clock.GetUtcNow() - Overlap, cancellationToken);

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
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            return $"{(int)response.StatusCode}";
        }
        catch (HttpRequestException fault)
        {
            return fault.Message;
        }
    }
}
