using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace Equaticket.Floor;

/// <summary><c>GET /api/v1/events/{id}</c> and <c>POST /api/v1/events</c>.</summary>
internal sealed class EventPages(NpgsqlDataSource database, Door door, string publicUrl)
{
    private const string Get =
        $"""
        SELECT e.id, e.title, e.slug, e.description, e.status, e.timezone, e.starts_at, e.ends_at, e.currency,
            e.venue_name, e.venue_address, t.sold, t.total, t.unlimited, e.metadata::text, e.published_at,
            e.cancelled_at, e.version, e.created_at, e.updated_at
        FROM events AS e {Sql.EventTotals}
        WHERE e.organization_id = $1 AND e.livemode = $2 AND e.id = $3
        """;

    private const string Insert =
        """
        INSERT INTO events (organization_id, livemode, id, title, slug, timezone, currency, starts_at, created_at,
            updated_at, status, metadata, version, sold_out_announced)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 'draft', '{}', 1, false)
        """;

    private const string Record =
        """
        INSERT INTO idempotency_records (organization_id, livemode, key_hash, request_hash, status, content_type,
            location, e_tag, body, created_at, expires_at)
        VALUES ($1, $2, $3, $4, 201, 'application/json', $5, $6, $7, now(), now() + interval '24 hours')
        """;

    private const string CheckKey =
        "SELECT 1 FROM api_keys WHERE organization_id = $1 AND id = $2 AND revoked_at IS NULL FOR SHARE";

    public async Task GetAsync(HttpContext http, string id)
    {
        if (door.Identify(http) is not { } key)
            return;
        await using var connection = await database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(Get).With(key.Organization).With(key.Livemode).With(Guid.ParseExact(id, "D"));
        await using var row = await batch.ExecuteReaderAsync();
        if (!await row.ReadAsync())
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var body = new ArrayBufferWriter<byte>(1024);
        using (var json = Writing.Writer(body))
            new EventRow(row).Write(json, key, publicUrl);
        await Door.SendAsync(
            http, StatusCodes.Status200OK, body.WrittenMemory, Door.Tag(body.WrittenSpan, row.GetInt32(17)));
    }

    /// <summary>The event, the stored response, and the key check form one batch: one transaction in one round trip.</summary>
    public async Task CreateAsync(HttpContext http)
    {
        if (door.Identify(http) is not { } key)
            return;
        using var request = new MemoryStream();
        await http.Request.Body.CopyToAsync(request);
        var given = request.ToArray();
        var created = NewEvent.Parse(given);
        var body = new ArrayBufferWriter<byte>(1024);
        using (var json = Writing.Writer(body))
            new EventRow(created).Write(json, key, publicUrl);
        var tag = Door.Tag(body.WrittenSpan, version: 1);
        var location = $"/api/v1/events/{created.Id}";
        await using var connection = await database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(Insert).With(key.Organization).With(key.Livemode).With(created.Id).With(created.Title)
            .With(created.Slug).With(created.Timezone).With(created.Currency).With(created.StartsAt)
            .With(created.CreatedAt);
        batch.Add(Record).With(key.Organization).With(key.Livemode)
            .With(SHA256.HashData(Encoding.UTF8.GetBytes(http.Request.Headers["Idempotency-Key"].ToString())))
            .With(SHA256.HashData(given)).With(location).With(tag).With(body.WrittenSpan.ToArray());
        batch.Add(CheckKey).With(key.Organization).With(key.Id);
        await batch.ExecuteNonQueryAsync();
        http.Response.Headers.Location = location;
        await Door.SendAsync(http, StatusCodes.Status201Created, body.WrittenMemory, tag);
    }
}

/// <summary>The body of a request that creates an event.</summary>
internal sealed record NewEvent(string Title, string Slug, string Timezone, string Currency, DateTime StartsAt)
{
    public Guid Id { get; private init; }

    public DateTime CreatedAt { get; private init; }

    public static NewEvent Parse(ReadOnlyMemory<byte> body)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var json = JsonDocument.Parse(body);
        var root = json.RootElement;
        return new NewEvent(
            root.GetProperty("title").GetString()!,
            root.GetProperty("slug").GetString()!,
            root.GetProperty("timezone").GetString()!,
            root.GetProperty("currency").GetString()!,
            root.GetProperty("starts_at").GetDateTimeOffset().UtcDateTime)
        {
            Id = Guid.CreateVersion7(now),
            CreatedAt = now.UtcDateTime.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)),
        };
    }
}
