using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Equaticket.Testing.Webhooks;

/// <summary>A request received by an endpoint.</summary>
/// <param name="Path">The path, which distinguishes endpoints that share a receiver.</param>
/// <param name="Headers">All headers; names are case-insensitive.</param>
/// <param name="Body">The body as text.</param>
/// <param name="ReceivedAt">When the request was received, by the system clock.</param>
public sealed record ReceivedWebhook(
    string Path, IReadOnlyDictionary<string, string> Headers, string Body, DateTimeOffset ReceivedAt)
{
    public string MessageId => Headers["webhook-id"];
}

/// <summary>An endpoint on loopback that records requests and responds as configured.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedWebhook> _received = new();

    private WebhookReceiver(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>The requests, in the order received.</summary>
    public IReadOnlyList<ReceivedWebhook> Received => [.. _received];

    /// <summary>How to respond; by default, with 200.</summary>
    public Func<ReceivedWebhook, HttpContext, Task> Answer { get; set; } =
        (_, _) => Task.CompletedTask;

    /// <param name="certificate">The TLS certificate; null for plain HTTP.</param>
    public static async Task<WebhookReceiver> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listener =>
        {
            if (certificate is not null)
                listener.UseHttps(certificate);
        }));
        var receiver = new WebhookReceiver(builder.Build());
        receiver._app.Run(receiver.ReceiveAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public void AnswerWith(HttpStatusCode status) => Answer = (_, http) =>
    {
        http.Response.StatusCode = (int)status;
        return Task.CompletedTask;
    };

    /// <summary>Responds with the request body, as endpoints that log do.</summary>
    public void Echo() => Answer = (received, http) => http.Response.WriteAsync(received.Body);

    public Task UntilReceivedAsync(int count, TimeSpan? bound = null) => Poll.UntilAsync(
        () => Task.FromResult(_received.Count >= count), bound);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var received = new ReceivedWebhook(
            http.Request.Path.Value ?? "",
            http.Request.Headers.ToDictionary(
                header => header.Key, header => $"{header.Value}", StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync(),
            TimeProvider.System.GetUtcNow());
        _received.Enqueue(received);
        await Answer(received, http);
    }
}
