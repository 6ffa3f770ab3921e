using System.Text.Json;
using Npgsql;

namespace Equaticket.Floor;

/// <summary>Events with their ticket types, newest orders, and attendees, in the order of the response.</summary>
internal sealed class EventTree
{
    private readonly List<TreeEvent> _events = new(20);
    private readonly List<TreeType> _types = new(64);
    private readonly List<TreeOrder> _orders = new(200);
    private readonly List<TreeAttendee> _attendees = new(512);

    // The next row to write of each level.
    private int _type;
    private int _order;
    private int _attendee;

    public static async Task<EventTree> ReadAsync(NpgsqlDataReader rows)
    {
        var tree = new EventTree();
        while (await rows.ReadAsync())
        {
            tree._events.Add(new TreeEvent(
                rows.GetGuid(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetDateTime(4),
                rows.GetString(5)));
        }

        await rows.NextResultAsync();
        while (await rows.ReadAsync())
        {
            tree._types.Add(new TreeType(
                rows.GetGuid(0), rows.GetGuid(1), rows.GetString(2), rows.GetInt64(3), rows.GetString(4),
                rows.Int(5), rows.GetInt32(6)));
        }

        await rows.NextResultAsync();
        while (await rows.ReadAsync())
        {
            tree._orders.Add(new TreeOrder(
                rows.GetGuid(0), rows.GetGuid(1), rows.GetInt64(2), rows.GetString(3), rows.Text(4),
                rows.GetInt64(5), rows.GetDateTime(6)));
        }

        await rows.NextResultAsync();
        while (await rows.ReadAsync())
        {
            tree._attendees.Add(new TreeAttendee(
                rows.GetGuid(0), rows.GetGuid(1), rows.GetString(2), rows.GetString(3), rows.Text(4)));
        }

        return tree;
    }

    public void Write(Utf8JsonWriter json)
    {
        StartNodes(json, "events"u8);
        foreach (var row in _events)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, row.Id);
            json.WriteString("title"u8, row.Title);
            json.WriteString("slug"u8, row.Slug);
            json.WriteString("status"u8, GraphPages.EnumName(row.Status));
            json.WriteTime("startsAt"u8, row.StartsAt);
            json.WriteString("currency"u8, row.Currency);
            WriteTypes(json, row.Id);
            WriteOrders(json, row.Id);
            json.WriteEndObject();
        }

        EndNodes(json);
    }

    private static void StartNodes(Utf8JsonWriter json, ReadOnlySpan<byte> name)
    {
        json.WriteStartObject(name);
        json.WriteStartArray("nodes"u8);
    }

    private static void EndNodes(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteTypes(Utf8JsonWriter json, Guid eventId)
    {
        StartNodes(json, "ticketTypes"u8);
        for (; _type < _types.Count && _types[_type].EventId == eventId; _type++)
        {
            var row = _types[_type];
            json.WriteStartObject();
            json.WriteString("id"u8, row.Id);
            json.WriteString("name"u8, row.Name);
            json.WriteNumber("price"u8, row.Price);
            json.WriteString("currency"u8, row.Currency);
            if (row.Total is { } total)
                json.WriteNumber("quantityTotal"u8, total);
            else
                json.WriteNull("quantityTotal"u8);
            json.WriteNumber("quantitySold"u8, row.Sold);
            json.WriteEndObject();
        }

        EndNodes(json);
    }

    private void WriteOrders(Utf8JsonWriter json, Guid eventId)
    {
        StartNodes(json, "orders"u8);
        for (; _order < _orders.Count && _orders[_order].EventId == eventId; _order++)
        {
            var row = _orders[_order];
            json.WriteStartObject();
            json.WriteString("id"u8, row.Id);
            json.WriteOrderNumber("orderNumber"u8, row.Number);
            json.WriteString("status"u8, GraphPages.EnumName(row.Status));
            json.WriteText("buyerEmail"u8, row.BuyerEmail);
            json.WriteNumber("totalAmount"u8, row.Total);
            json.WriteTime("createdAt"u8, row.CreatedAt);
            WriteAttendees(json, row.Id);
            json.WriteEndObject();
        }

        EndNodes(json);
    }

    private void WriteAttendees(Utf8JsonWriter json, Guid orderId)
    {
        StartNodes(json, "attendees"u8);
        for (; _attendee < _attendees.Count && _attendees[_attendee].OrderId == orderId; _attendee++)
        {
            var row = _attendees[_attendee];
            json.WriteStartObject();
            json.WriteString("id"u8, row.Id);
            json.WriteString("ticketCode"u8, row.TicketCode);
            json.WriteString("status"u8, GraphPages.EnumName(row.Status));
            json.WriteText("name"u8, row.Name);
            json.WriteEndObject();
        }

        EndNodes(json);
    }

    private readonly record struct TreeEvent(
        Guid Id, string Title, string Slug, string Status, DateTime StartsAt, string Currency);

    private readonly record struct TreeType(
        Guid EventId, Guid Id, string Name, long Price, string Currency, int? Total, int Sold);

    private readonly record struct TreeOrder(
        Guid Id, Guid EventId, long Number, string Status, string? BuyerEmail, long Total, DateTime CreatedAt);

    private readonly record struct TreeAttendee(
        Guid OrderId, Guid Id, string TicketCode, string Status, string? Name);
}
