using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace Equaticket.Floor;

/// <summary><c>GET /api/v1/orders</c>.</summary>
internal sealed class OrderPages(NpgsqlDataSource database, Door door)
{
    private static readonly string[] FirstPage = Sql.Orders(isAfterCursor: false);
    private static readonly string[] NextPage = Sql.Orders(isAfterCursor: true);

    public async Task ListAsync(HttpContext http)
    {
        if (door.Identify(http) is not { } key)
            return;
        var limit = int.Parse(http.Request.Query["limit"]!, CultureInfo.InvariantCulture);
        var cursor = Cursor.Decode(http.Request.Query["cursor"]);
        await using var connection = await database.OpenConnectionAsync();
        await using var batch = connection.Batch(cursor is null ? FirstPage : NextPage, key, limit + 1, cursor);
        await using var rows = await batch.ExecuteReaderAsync();
        var orders = new List<OrderRow>(limit + 1);
        while (await rows.ReadAsync())
            orders.Add(new OrderRow(rows));
        await rows.NextResultAsync();
        var items = new List<ItemRow>(limit * 2);
        while (await rows.ReadAsync())
        {
            items.Add(new ItemRow(
                rows.GetGuid(0), rows.GetGuid(1), rows.GetString(2), rows.GetInt32(3), rows.GetInt64(4)));
        }

        await rows.NextResultAsync();
        var refunds = new Dictionary<Guid, List<RefundRow>>();
        while (await rows.ReadAsync())
        {
            var refund = new RefundRow(rows);
            if (!refunds.TryGetValue(refund.OrderId, out var ofOrder))
                refunds[refund.OrderId] = ofOrder = [];
            ofOrder.Add(refund);
        }

        var body = new ArrayBufferWriter<byte>(48 * 1024);
        Write(body, key, limit, orders, items, refunds);
        await Door.SendAsync(http, StatusCodes.Status200OK, body.WrittenMemory, tag: null);
    }

    private static void Write(
        ArrayBufferWriter<byte> body,
        Key key,
        int limit,
        List<OrderRow> orders,
        List<ItemRow> items,
        Dictionary<Guid, List<RefundRow>> refunds)
    {
        var hasMore = orders.Count > limit;
        if (hasMore)
            orders.RemoveAt(limit);
        using var json = Writing.Writer(body);
        json.WriteStartObject();
        json.WriteBoolean("livemode"u8, key.Livemode);
        json.WriteStartArray("data"u8);
        var next = 0;
        foreach (var order in orders)
        {
            json.WriteStartObject();
            order.WriteStart(json, key.Livemode);
            WriteRefunds(json, refunds.GetValueOrDefault(order.Id) ?? []);
            next = WriteItems(json, items, order.Id, next);
            order.WriteEnd(json);
            json.WriteEndObject();
        }

        json.WriteEnd(hasMore ? new Cursor(orders[^1].CreatedAt, orders[^1].Id) : null);
    }

    private static void WriteRefunds(Utf8JsonWriter json, List<RefundRow> refunds)
    {
        json.WriteStartArray("refunds"u8);
        foreach (var refund in refunds)
            refund.Write(json);
        json.WriteEndArray();
    }

    private static int WriteItems(Utf8JsonWriter json, List<ItemRow> items, Guid orderId, int next)
    {
        json.WriteStartArray("line_items"u8);
        for (; next < items.Count && items[next].OrderId == orderId; next++)
        {
            var item = items[next];
            json.WriteStartObject();
            json.WriteString("ticket_type_id"u8, item.TicketTypeId);
            json.WriteString("name"u8, item.Name);
            json.WriteNumber("quantity"u8, item.Quantity);
            json.WriteNumber("unit_price"u8, item.UnitPrice);
            json.WriteNumber("amount"u8, item.UnitPrice * item.Quantity);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return next;
    }

    private readonly record struct ItemRow(
        Guid OrderId, Guid TicketTypeId, string Name, int Quantity, long UnitPrice);
}
