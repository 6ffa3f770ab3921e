using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Equaticket.Host.Tests.Webhooks.Receivers;

/// <summary>Receives Equaticket webhooks in an ASP.NET Core application.</summary>
public sealed class EquaticketWebhooks(string secret, TimeProvider clock)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private readonly byte[] _key = Convert.FromBase64String(secret["whsec_".Length..]);

    // False while a message is being handled. In production, use a table with a unique key, written in the same
    // transaction as your work, so that all of your servers share it.
    private readonly ConcurrentDictionary<string, bool> _handled = new();

    public void Map(WebApplication app, string path, Func<string, Task> handle) =>
        app.MapPost(path, async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            if (!IsGenuine(request.Headers, body.ToArray()))
                return Results.Unauthorized();
            var id = $"{request.Headers["webhook-id"]}";
            // The first attempt may still fail. After a conflict, the message is sent again later.
            if (!_handled.TryAdd(id, false))
                return _handled.GetValueOrDefault(id) ? Results.NoContent() : Results.Conflict();
            try
            {
                await handle(Encoding.UTF8.GetString(body.ToArray()));
            }
            catch
            {
                _handled.TryRemove(id, out _);
                throw;
            }

            _handled[id] = true;
            return Results.NoContent();
        });

    private bool IsGenuine(IHeaderDictionary headers, byte[] body)
    {
        var (id, timestamp) = ($"{headers["webhook-id"]}", $"{headers["webhook-timestamp"]}");
        if (!long.TryParse(timestamp, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - seconds) > Tolerance.TotalSeconds)
            return false;
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var expected = Encoding.ASCII.GetBytes(
            "v1," + Convert.ToBase64String(HMACSHA256.HashData(_key, signed)));
        return $"{headers["webhook-signature"]}".Split(' ').Any(signature =>
            CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature), expected));
    }
}
