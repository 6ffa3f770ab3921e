using System.Text.Json;
using Npgsql;

namespace Equaticket.Floor;

internal readonly struct OrderRow(NpgsqlDataReader row)
{
    private readonly long _number = row.GetInt64(1);
    private readonly Guid _eventId = row.GetGuid(2);
    private readonly string _status = row.GetString(3);
    private readonly string? _buyerName = row.Text(4);
    private readonly string? _buyerEmail = row.Text(5);
    private readonly string _currency = row.GetString(6);
    private readonly long _subtotal = row.GetInt64(7);
    private readonly long _discount = row.GetInt64(8);
    private readonly long _tax = row.GetInt64(9);
    private readonly long _fee = row.GetInt64(10);
    private readonly long _total = row.GetInt64(11);
    private readonly long _refunded = row.GetInt64(12);
    private readonly string? _provider = row.Text(13);
    private readonly string? _reference = row.Text(14);
    private readonly string? _paymentStatus = row.Text(15);
    private readonly DateTime? _confirmedAt = row.Time(16);
    private readonly DateTime _updatedAt = row.GetDateTime(18);

    public Guid Id { get; } = row.GetGuid(0);

    public DateTime CreatedAt { get; } = row.GetDateTime(17);

    public void WriteStart(Utf8JsonWriter json, bool livemode)
    {
        json.WriteString("id"u8, Id);
        json.WriteBoolean("livemode"u8, livemode);
        json.WriteBoolean("is_test_data"u8, !livemode);
        json.WriteOrderNumber("order_number"u8, _number);
        json.WriteString("event_id"u8, _eventId);
        json.WriteString("status"u8, _status);
        json.WriteText("buyer_name"u8, _buyerName);
        json.WriteText("buyer_email"u8, _buyerEmail);
        json.WriteString("currency"u8, _currency);
        json.WriteNumber("subtotal_amount"u8, _subtotal);
        json.WriteNumber("discount_amount"u8, _discount);
        json.WriteNumber("tax_amount"u8, _tax);
        json.WriteNumber("fee_amount"u8, _fee);
        json.WriteNumber("total_amount"u8, _total);
        json.WriteNumber("refunded_amount"u8, _refunded);
    }

    public void WriteEnd(Utf8JsonWriter json)
    {
        if (_provider is null)
        {
            json.WriteNull("payment"u8);
        }
        else
        {
            json.WriteStartObject("payment"u8);
            json.WriteString("provider"u8, _provider);
            json.WriteText("reference"u8, _reference);
            json.WriteText("status"u8, _paymentStatus);
            json.WriteEndObject();
        }

        json.WriteTime("confirmed_at"u8, _confirmedAt);
        json.WriteTime("created_at"u8, CreatedAt);
        json.WriteTime("updated_at"u8, _updatedAt);
    }
}

internal sealed class RefundRow(NpgsqlDataReader row)
{
    private readonly Guid _id = row.GetGuid(1);
    private readonly long _amount = row.GetInt64(2);
    private readonly string? _reason = row.Text(3);
    private readonly string _origin = row.GetString(4);
    private readonly string _status = row.GetString(5);
    private readonly Guid[] _attendeeIds = row.GetFieldValue<Guid[]>(6);
    private readonly DateTime _createdAt = row.GetDateTime(7);

    public Guid OrderId { get; } = row.GetGuid(0);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, _id);
        json.WriteNumber("amount"u8, _amount);
        json.WriteText("reason"u8, _reason);
        json.WriteString("origin"u8, _origin);
        json.WriteString("status"u8, _status);
        json.WriteStartArray("attendee_ids"u8);
        foreach (var id in _attendeeIds)
            json.WriteStringValue(id);
        json.WriteEndArray();
        json.WriteTime("created_at"u8, _createdAt);
        json.WriteEndObject();
    }
}
