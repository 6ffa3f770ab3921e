using System.Buffers;
using System.Text.Json;
using Npgsql;

namespace Equaticket.Floor;

/// <summary><c>GET /api/v1/public/events</c>.</summary>
internal sealed class ListingPages(NpgsqlDataSource database, string publicUrl)
{
    private const int Limit = 25;

    private const string Published =
        """
        (SELECT e.* FROM organizations AS o JOIN events AS e ON e.organization_id = o.id
        WHERE o.slug = $1 AND e.livemode AND e.status = 'published'
        ORDER BY e.created_at DESC, e.id DESC LIMIT 26) e
        """;

    private const string Events =
        $"""
        SELECT e.id, e.title, e.slug, e.description, e.timezone, e.starts_at, e.ends_at, e.currency, e.venue_name,
            e.venue_address, t.sold, t.total, t.unlimited, e.published_at, e.created_at
        FROM {Published} {Sql.EventTotals} ORDER BY e.created_at DESC, e.id DESC
        """;

    private const string TicketTypes =
        $"""
        SELECT t.event_id, t.id, t.name, t.description, t.price, t.currency, t.position, t.quantity_total,
            t.quantity_sold, t.sales_start_at, t.sales_end_at
        FROM {Published}
        JOIN ticket_types AS t ON t.organization_id = e.organization_id AND t.livemode AND t.event_id = e.id
        ORDER BY t.position, t.created_at, t.id
        """;

    private const string ExposedHeaders =
        "ETag, Retry-After, X-Request-Id, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset";

    public async Task ListAsync(HttpContext http)
    {
        var slug = http.Request.Query["org_slug"].ToString();
        await using var connection = await database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(Events).With(slug);
        batch.Add(TicketTypes).With(slug);
        await using var rows = await batch.ExecuteReaderAsync();
        var events = new List<ListedEvent>(Limit + 1);
        while (await rows.ReadAsync())
            events.Add(new ListedEvent(rows));
        await rows.NextResultAsync();
        var types = new Dictionary<Guid, List<ListedType>>();
        while (await rows.ReadAsync())
        {
            var type = new ListedType(rows);
            if (!types.TryGetValue(type.EventId, out var ofEvent))
                types[type.EventId] = ofEvent = new List<ListedType>(4);
            ofEvent.Add(type);
        }

        var body = new ArrayBufferWriter<byte>(16 * 1024);
        Write(body, slug, events, types);
        SetHeaders(http);
        await Door.SendAsync(
            http, StatusCodes.Status200OK, body.WrittenMemory, Door.Tag(body.WrittenSpan, version: null));
    }

    private static void SetHeaders(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = ExposedHeaders;
        headers.CacheControl = "public, max-age=15";
        Door.Count(http, Guid.Empty);
    }

    private void Write(
        ArrayBufferWriter<byte> body,
        string slug,
        List<ListedEvent> events,
        Dictionary<Guid, List<ListedType>> types)
    {
        var hasMore = events.Count > Limit;
        if (hasMore)
            events.RemoveAt(Limit);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        using var json = Writing.Writer(body);
        json.WriteStartObject();
        json.WriteBoolean("livemode"u8, true);
        json.WriteStartArray("data"u8);
        foreach (var listed in events)
        {
            json.WriteStartObject();
            listed.Write(json, slug, publicUrl);
            json.WriteStartArray("ticket_types"u8);
            foreach (var type in types.GetValueOrDefault(listed.Id) ?? [])
                type.Write(json, listed.End, now);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEnd(hasMore ? new Cursor(events[^1].CreatedAt, events[^1].Id) : null);
    }
}

internal sealed class ListedEvent(NpgsqlDataReader row)
{
    private readonly string _title = row.GetString(1);
    private readonly string _slug = row.GetString(2);
    private readonly string? _description = row.Text(3);
    private readonly string _timezone = row.GetString(4);
    private readonly DateTime _startsAt = row.GetDateTime(5);
    private readonly DateTime? _endsAt = row.Time(6);
    private readonly string _currency = row.GetString(7);
    private readonly string? _venueName = row.Text(8);
    private readonly string? _venueAddress = row.Text(9);
    private readonly bool _isSoldOut = row.Int(12) == 0 && row.Int(10) >= row.Int(11);
    private readonly DateTime? _publishedAt = row.Time(13);

    public Guid Id { get; } = row.GetGuid(0);

    public DateTime CreatedAt { get; } = row.GetDateTime(14);

    public DateTime End => _endsAt ?? _startsAt.AddHours(24);

    public void Write(Utf8JsonWriter json, string organization, string publicUrl)
    {
        json.WriteString("id"u8, Id);
        json.WriteString("org_slug"u8, organization);
        json.WriteString("title"u8, _title);
        json.WriteString("slug"u8, _slug);
        json.WriteText("description"u8, _description);
        json.WriteString("status"u8, "published"u8);
        json.WriteString("timezone"u8, _timezone);
        json.WriteTime("starts_at"u8, _startsAt);
        json.WriteTime("ends_at"u8, _endsAt);
        json.WriteString("currency"u8, _currency);
        json.WriteText("venue_name"u8, _venueName);
        json.WriteText("venue_address"u8, _venueAddress);
        json.WriteString("url"u8, $"{publicUrl}/e/{organization}/{_slug}");
        json.WriteBoolean("sold_out"u8, _isSoldOut);
        json.WriteTime("published_at"u8, _publishedAt);
    }
}

internal sealed class ListedType(NpgsqlDataReader row)
{
    private readonly Guid _id = row.GetGuid(1);
    private readonly string _name = row.GetString(2);
    private readonly string? _description = row.Text(3);
    private readonly long _price = row.GetInt64(4);
    private readonly string _currency = row.GetString(5);
    private readonly int _position = row.GetInt32(6);
    private readonly int? _total = row.Int(7);
    private readonly int _sold = row.GetInt32(8);
    private readonly DateTime? _salesStartAt = row.Time(9);
    private readonly DateTime? _salesEndAt = row.Time(10);

    public Guid EventId { get; } = row.GetGuid(0);

    public void Write(Utf8JsonWriter json, DateTime end, DateTime now)
    {
        var status = end <= now || _salesEndAt <= now ? "ended"
            : _sold >= _total ? "sold_out"
            : _salesStartAt > now ? "scheduled" : "on_sale";
        json.WriteStartObject();
        json.WriteString("id"u8, _id);
        json.WriteString("name"u8, _name);
        json.WriteText("description"u8, _description);
        json.WriteNumber("price"u8, _price);
        json.WriteString("currency"u8, _currency);
        json.WriteString("status"u8, status);
        json.WriteNumber("position"u8, _position);
        json.WriteEndObject();
    }
}
