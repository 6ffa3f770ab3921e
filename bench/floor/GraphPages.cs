using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using Npgsql;

namespace Equaticket.Floor;

/// <summary>The two operations that the bench sends to <c>/graphql</c>, identified by their names.</summary>
internal sealed class GraphPages(NpgsqlDataSource database, Door door)
{
    private const int FlatCost = 52;
    private const int TreeCost = 1321;
    private const int CostLimit = 25_000;

    private static readonly string[] FirstPage = Sql.FlatOrders(isAfterCursor: false);
    private static readonly string[] NextPage = Sql.FlatOrders(isAfterCursor: true);
    private static readonly ConcurrentDictionary<string, string> EnumNames = new();

    public async Task AnswerAsync(HttpContext http)
    {
        if (door.Identify(http) is not { } key)
            return;
        using var request = await JsonDocument.ParseAsync(http.Request.Body);
        var variables = request.RootElement.GetProperty("variables");
        var first = variables.GetProperty("first").GetInt32();
        var isTree = request.RootElement.GetProperty("query").GetString()!
            .StartsWith("query Tree", StringComparison.Ordinal);
        var cursor = variables.TryGetProperty("after", out var after) ? Cursor.Decode(after.GetString()) : null;
        await using var connection = await database.OpenConnectionAsync();
        await using var batch = isTree
            ? connection.Batch(Sql.Tree, key, first, cursor: null)
            : connection.Batch(cursor is null ? FirstPage : NextPage, key, first + 1, cursor);
        await using var rows = await batch.ExecuteReaderAsync();
        var body = new ArrayBufferWriter<byte>(64 * 1024);
        await using (var json = Writing.Writer(body))
        {
            json.WriteStartObject();
            json.WriteStartObject("data"u8);
            if (isTree)
                (await EventTree.ReadAsync(rows)).Write(json);
            else
                await WriteFlatAsync(json, rows, first, key.Livemode);
            json.WriteEndObject();
            WriteExtensions(json, http.TraceIdentifier, isTree ? TreeCost : FlatCost);
            json.WriteEndObject();
        }

        await Door.SendAsync(http, StatusCodes.Status200OK, body.WrittenMemory, tag: null);
    }

    /// <summary>An enum value in GraphQL's spelling.</summary>
    public static string EnumName(string stored) =>
        EnumNames.GetOrAdd(stored, static text => text.ToUpperInvariant());

    public static void WriteExtensions(Utf8JsonWriter json, string requestId, int cost)
    {
        json.WriteStartObject("extensions"u8);
        json.WriteString("requestId"u8, requestId);
        json.WriteStartObject("cost"u8);
        json.WriteNumber("requested"u8, cost);
        json.WriteNumber("limit"u8, CostLimit);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static async Task WriteFlatAsync(Utf8JsonWriter json, NpgsqlDataReader rows, int first, bool livemode)
    {
        json.WriteStartObject("orders"u8);
        json.WriteStartArray("nodes"u8);
        Cursor? last = null;
        var count = 0;
        for (; count < first && await rows.ReadAsync(); count++)
            last = WriteOrder(json, rows, livemode);
        var hasMore = count == first && await rows.ReadAsync();
        json.WriteEndArray();
        json.WriteStartObject("pageInfo"u8);
        json.WriteBoolean("hasNextPage"u8, hasMore);
        json.WriteText("endCursor"u8, last?.Encode());
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static Cursor WriteOrder(Utf8JsonWriter json, NpgsqlDataReader row, bool livemode)
    {
        var place = new Cursor(row.GetDateTime(9), row.GetGuid(0));
        json.WriteStartObject();
        json.WriteString("id"u8, place.Id);
        json.WriteOrderNumber("orderNumber"u8, row.GetInt64(1));
        json.WriteString("status"u8, EnumName(row.GetString(2)));
        json.WriteText("buyerEmail"u8, row.Text(3));
        json.WriteText("buyerName"u8, row.Text(4));
        json.WriteNumber("totalAmount"u8, row.GetInt64(5));
        json.WriteNumber("feeAmount"u8, row.GetInt64(6));
        json.WriteString("currency"u8, row.GetString(7));
        json.WriteString("eventId"u8, row.GetGuid(8));
        json.WriteBoolean("livemode"u8, livemode);
        json.WriteTime("createdAt"u8, place.CreatedAt);
        json.WriteTime("updatedAt"u8, row.GetDateTime(10));
        json.WriteEndObject();
        return place;
    }
}
