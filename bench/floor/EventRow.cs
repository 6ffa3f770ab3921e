using System.Text.Json;
using Npgsql;

namespace Equaticket.Floor;

internal sealed record EventRow(
    Guid Id, string Title, string Slug, string Status, string Timezone, DateTime StartsAt, string Currency,
    DateTime CreatedAt, DateTime UpdatedAt)
{
    private readonly string? _description;
    private readonly DateTime? _endsAt;
    private readonly string? _venueName;
    private readonly string? _venueAddress;
    private readonly int? _sold;
    private readonly int? _total;
    private readonly int _unlimited;
    private readonly string _metadata = "{}";
    private readonly DateTime? _publishedAt;
    private readonly DateTime? _cancelledAt;

    public EventRow(NewEvent created)
        : this(
            created.Id, created.Title, created.Slug, "draft", created.Timezone, created.StartsAt, created.Currency,
            created.CreatedAt, created.CreatedAt)
    {
    }

    public EventRow(NpgsqlDataReader row)
        : this(
            row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(4), row.GetString(5),
            row.GetDateTime(6), row.GetString(8), row.GetDateTime(18), row.GetDateTime(19))
    {
        (_description, _endsAt, _venueName, _venueAddress) = (row.Text(3), row.Time(7), row.Text(9), row.Text(10));
        (_sold, _total, _unlimited) = (row.Int(11), row.Int(12), row.GetInt32(13));
        (_metadata, _publishedAt, _cancelledAt) = (row.GetString(14), row.Time(15), row.Time(16));
    }

    public void Write(Utf8JsonWriter json, Key key, string publicUrl)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, Id);
        json.WriteBoolean("livemode"u8, key.Livemode);
        json.WriteString("title"u8, Title);
        json.WriteString("slug"u8, Slug);
        json.WriteText("description"u8, _description);
        json.WriteString("status"u8, Status);
        json.WriteString("timezone"u8, Timezone);
        json.WriteTime("starts_at"u8, StartsAt);
        json.WriteTime("ends_at"u8, _endsAt);
        json.WriteString("currency"u8, Currency);
        json.WriteText("venue_name"u8, _venueName);
        json.WriteText("venue_address"u8, _venueAddress);
        json.WriteString("url"u8, $"{publicUrl}/e/{key.Slug}/{(key.Livemode ? "" : "test/")}{Slug}");
        WriteTotals(json);
        json.WritePropertyName("metadata"u8);
        json.WriteRawValue(_metadata, skipInputValidation: true);
        json.WriteTime("published_at"u8, _publishedAt);
        json.WriteTime("cancelled_at"u8, _cancelledAt);
        json.WriteTime("created_at"u8, CreatedAt);
        json.WriteTime("updated_at"u8, UpdatedAt);
        json.WriteEndObject();
    }

    private void WriteTotals(Utf8JsonWriter json)
    {
        json.WriteNumber("tickets_sold"u8, _sold ?? 0);
        if (_unlimited > 0)
            json.WriteNull("capacity"u8);
        else
            json.WriteNumber("capacity"u8, _total ?? 0);
        json.WriteBoolean("sold_out"u8, _unlimited == 0 && _sold >= _total);
    }
}
