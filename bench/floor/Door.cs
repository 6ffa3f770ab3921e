using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Equaticket.Floor;

/// <summary>The key of a request.</summary>
internal sealed record Key(Guid Id, Guid Organization, bool Livemode, string Slug);

/// <summary>Checks keys, counts requests, and sends responses.</summary>
internal sealed class Door
{
    private const int Limit = 1_000_000_000;
    private const int WindowSeconds = 60;
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string RequestId = "X-Request-Id";

    private static readonly ConcurrentDictionary<Guid, int> Counts = new();

    private readonly Dictionary<string, Key> _keys = [];

    private Door()
    {
    }

    public static async Task<Door> OpenAsync(NpgsqlDataSource database)
    {
        var door = new Door();
        await using var command = database.CreateCommand(
            """
            SELECT key.id, key.organization_id, key.livemode, organization.slug, key.hash
            FROM api_keys AS key JOIN organizations AS organization ON organization.id = key.organization_id
            WHERE key.revoked_at IS NULL
            """);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            door._keys[Convert.ToHexString(rows.GetFieldValue<byte[]>(4))] = new Key(
                rows.GetGuid(0), rows.GetGuid(1), rows.GetBoolean(2), rows.GetString(3));
        }

        return door;
    }

    /// <returns>The caller's key; null after a 401 response.</returns>
    public Key? Identify(HttpContext http)
    {
        var secret = http.Request.Headers.Authorization.ToString().AsSpan("Bearer ".Length);
        Span<byte> text = stackalloc byte[128];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..Encoding.ASCII.GetBytes(secret, text)], hash);
        if (!_keys.TryGetValue(Convert.ToHexString(hash), out var key))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return null;
        }

        Count(http, key.Id);
        return key;
    }

    /// <summary>Assigns the request an id and sends how many requests are left in the window.</summary>
    public static void Count(HttpContext http, Guid caller)
    {
        var given = http.Request.Headers[RequestId].ToString();
        http.TraceIdentifier = given.Length > 0 ? given : "req_" + RandomNumberGenerator.GetString(Base62, 24);
        var used = Counts.AddOrUpdate(caller, 1, static (_, count) => count + 1);
        var seconds = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var headers = http.Response.Headers;
        headers[RequestId] = http.TraceIdentifier;
        headers["RateLimit-Limit"] = Text(Limit);
        headers["RateLimit-Remaining"] = Text(Limit - used);
        headers["RateLimit-Reset"] = Text(WindowSeconds - (seconds % WindowSeconds));
    }

    public static string Tag(ReadOnlySpan<byte> body, int? version)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(body))[..16];
        return version is null ? $"\"{hash}\"" : $"\"{version}-{hash}\"";
    }

    public static async Task SendAsync(HttpContext http, int status, ReadOnlyMemory<byte> body, string? tag)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        if (tag is not null)
            http.Response.Headers.ETag = tag;
        await http.Response.Body.WriteAsync(body);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
