using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace Equaticket.Floor;

/// <summary>The mutation <c>checkout</c> of one free ticket: the rows of a sale, without its rules.</summary>
internal sealed class CheckoutPages(NpgsqlDataSource database)
{
    private const int Cost = 1;

    public async Task AnswerAsync(HttpContext http)
    {
        Door.Count(http, Guid.Empty);
        using var request = new MemoryStream();
        await http.Request.Body.CopyToAsync(request);
        var given = request.ToArray();
        var sale = NewSale.Parse(given);
        await using var connection = await database.OpenConnectionAsync();
        if (!await sale.FindAsync(connection))
        {
            await RefuseAsync(http, "The event is not on sale.");
            return;
        }

        var body = new ArrayBufferWriter<byte>(512);
        using (var json = Writing.Writer(body))
            Write(json, sale, http.TraceIdentifier);
        var claim = new Claim(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{sale.EventId}/{http.Request.Headers["Idempotency-Key"]}")),
            SHA256.HashData(given),
            body.WrittenSpan.ToArray());
        try
        {
            await sale.CommitAsync(connection, claim, http.TraceIdentifier);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.CheckViolation)
        {
            await RefuseAsync(http, "No tickets are left.");
            return;
        }

        await Door.SendAsync(http, StatusCodes.Status200OK, body.WrittenMemory, tag: null);
    }

    private static void Write(Utf8JsonWriter json, NewSale sale, string requestId)
    {
        json.WriteStartObject();
        json.WriteStartObject("data"u8);
        json.WriteStartObject("checkout"u8);
        json.WriteOrderNumber("orderNumber"u8, sale.Number);
        json.WriteString("status"u8, "CONFIRMED"u8);
        json.WriteString("checkoutToken"u8, sale.Token);
        json.WriteEndObject();
        json.WriteEndObject();
        GraphPages.WriteExtensions(json, requestId, Cost);
        json.WriteEndObject();
    }

    private static Task RefuseAsync(HttpContext http, string message) => Door.SendAsync(
        http, StatusCodes.Status200OK,
        Encoding.UTF8.GetBytes(
            $$$"""{"errors":[{"message":"{{{message}}}","extensions":{"code":"unprocessable"}}],"data":null}"""),
        tag: null);
}

/// <summary>An idempotency key with its request, both hashed, and the response to store.</summary>
internal sealed record Claim(byte[] KeyHash, byte[] RequestHash, byte[] Body);
