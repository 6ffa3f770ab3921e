using System.Text.Encodings.Web;
using System.Text.Json;
using Equaticket.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Buyers;

/// <summary>The names and email addresses of a buyer, and how to remove them from a response.</summary>
internal static class BuyerTexts
{
    public static async Task<IReadOnlySet<string>> ReadAsync(
        EquaticketDbContext database, Buyer buyer, CancellationToken cancellationToken)
    {
        var ofOrders = await database.Orders.Where(order => buyer.OrderIds.Contains(order.Id))
            .Select(order => new { Name = order.BuyerName, Email = order.BuyerEmail })
            .ToListAsync(cancellationToken);
        var ofTickets = await database.Attendees
            .Where(ticket => buyer.OrderIds.Contains(ticket.OrderId)
                || ticket.EmailKey == buyer.EmailKey)
            .Select(ticket => new { ticket.Name, ticket.Email }).ToListAsync(cancellationToken);
        return ofOrders.Concat(ofTickets).SelectMany(row => new[] { row.Name, row.Email })
            .OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Replaces every string in a JSON document that is one of these texts with null.</summary>
    /// <returns>The same array if there are none.</returns>
    public static byte[] Remove(byte[] json, IReadOnlySet<string> texts)
    {
        if (json.Length == 0)
            return json;
        using var document = JsonDocument.Parse(json);
        if (!Holds(document.RootElement, texts))
            return json;
        using var output = new MemoryStream(json.Length);
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
            Copy(document.RootElement, writer, texts);
        return output.ToArray();
    }

    private static bool Holds(JsonElement value, IReadOnlySet<string> texts) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(member => Holds(member.Value, texts)),
        JsonValueKind.Array => value.EnumerateArray().Any(item => Holds(item, texts)),
        JsonValueKind.String => texts.Contains(value.GetString()!),
        _ => false,
    };

    private static void Copy(JsonElement value, Utf8JsonWriter writer, IReadOnlySet<string> texts)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (var member in value.EnumerateObject())
            {
                writer.WritePropertyName(member.Name);
                Copy(member.Value, writer, texts);
            }

            writer.WriteEndObject();
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (var item in value.EnumerateArray())
                Copy(item, writer, texts);
            writer.WriteEndArray();
        }
        else if (value.ValueKind == JsonValueKind.String && texts.Contains(value.GetString()!))
        {
            writer.WriteNullValue();
        }
        else
        {
            value.WriteTo(writer);
        }
    }
}
