using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Equaticket.Endurance.Running;

/// <summary>Receives and verifies webhooks, and can simulate a hang.</summary>
public sealed class WebhookReceiver(int port) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string> _received = [];
    private WebApplication? _app;
    private volatile TaskCompletionSource? _hang;
    private byte[] _key = [];
    private int _messages;
    private int _forged;
    private int _changed;

    public int Port => port;

    /// <summary>The distinct ids of the messages that arrived.</summary>
    public IReadOnlyCollection<string> Received => [.. _received.Keys];

    public int Messages => _messages;

    /// <summary>The number of messages with a wrong signature, a wrong time, or a different body than before.</summary>
    public int Wrong => _forged + _changed;

    public string Secret
    {
        set => _key = Convert.FromBase64String(value["whsec_".Length..]);
    }

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        _app = builder.Build();
        _app.MapPost("/hook", ReceiveAsync);
        await _app.StartAsync();
    }

    /// <summary>Accepts requests but stops responding.</summary>
    public void Hang() => _hang = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Recover()
    {
        var hang = _hang;
        _hang = null;
        hang?.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        Recover();
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        if (_hang is { } hang)
        {
            await hang.Task.WaitAsync(request.HttpContext.RequestAborted);
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        var text = Encoding.UTF8.GetString(body.ToArray());
        var id = $"{request.Headers["webhook-id"]}";
        if (!IsGenuine(request.Headers, text))
        {
            Interlocked.Increment(ref _forged);
            return Results.Unauthorized();
        }

        Interlocked.Increment(ref _messages);
        if (_received.GetOrAdd(id, text) != text)
            Interlocked.Increment(ref _changed);
        return Results.NoContent();
    }

    private bool IsGenuine(IHeaderDictionary headers, string body)
    {
        var timestamp = $"{headers["webhook-timestamp"]}";
        var signed = Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{timestamp}.{body}");
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(_key, signed));
        return long.TryParse(timestamp, out var seconds)
            && Math.Abs(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - seconds) < 300
            && $"{headers["webhook-signature"]}".Split(' ').Contains(expected);
    }
}
