using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace Equaticket.Floor;

/// <summary>The sale of one free ticket.</summary>
internal sealed record NewSale(Guid EventId, Guid TypeId, string BuyerName, string BuyerEmail)
{
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    // Commits on its own, like the product's, so that sales don't wait for each other's numbers. The number reaches the
    // disk with the sale.
    private const string Find =
        """
        WITH setting AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true)),
        type AS (
            SELECT e.organization_id, e.livemode, e.currency, t.name
            FROM setting, events AS e JOIN ticket_types AS t
                ON t.organization_id = e.organization_id AND t.livemode = e.livemode AND t.event_id = e.id
            WHERE e.id = $1 AND t.id = $2 AND e.status = 'published' AND t.price = 0)
        UPDATE order_counters AS counter SET last = counter.last + 1 FROM type
        WHERE counter.organization_id = type.organization_id AND counter.livemode = type.livemode
        RETURNING counter.organization_id, counter.livemode, counter.last, type.currency, type.name
        """;

    private const string Order =
        """
        INSERT INTO orders (organization_id, livemode, id, number, event_id, status, buyer_name, buyer_email,
            buyer_email_key, currency, subtotal_amount, discount_amount, tax_amount, fee_amount, total_amount,
            refunded_amount, captured_amount, difference_amount, payment_checks, checkout_token_hash, confirmed_at,
            version, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, 'confirmed', $6, $7, $8, $9, 0, 0, 0, 0, 0, 0, 0, 0, 0, $10, $11, 2, $11, $11)
        """;

    private const string Item =
        """
        INSERT INTO order_items (organization_id, livemode, id, order_id, ticket_type_id, name, quantity, unit_price,
            position, named)
        VALUES ($1, $2, $3, $4, $5, $6, 1, 0, 0, '[]')
        """;

    private const string Ticket =
        """
        INSERT INTO attendees (organization_id, livemode, id, event_id, order_id, order_number, ticket_type_id,
            ticket_type_name, ticket_code, status, name, email, email_key, price, amount_paid, currency, version,
            created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'valid', $10, $11, $12, 0, 0, $13, 1, $14, $14)
        """;

    private const string WebhookEvent =
        """
        INSERT INTO webhook_events (organization_id, livemode, id, type, data, event_id, order_id, request_id,
            created_at)
        VALUES ($1, $2, $3, 'order.created', $4, $5, $6, $7, $8)
        """;

    private const string Email =
        """
        INSERT INTO queued_emails (organization_id, livemode, id, kind, order_id, next_attempt_at, attempts, created_at)
        VALUES ($1, $2, $3, 'order_confirmed', $4, $5, 0, $5)
        """;

    private const string Answer =
        """
        INSERT INTO idempotency_records (organization_id, livemode, key_hash, request_hash, status, content_type, body,
            subject_id, created_at, expires_at)
        VALUES ($1, $2, $3, $4, 200, 'application/json; charset=utf-8', $5, $6, $7, $7 + interval '24 hours')
        """;

    // A constraint refuses the ticket after the last, and with it the whole batch. Other sales wait for this row. It
    // comes first, because rows that refer to it would share a lock on it, and PostgreSQL lists all who share a lock.
    private const string Stock =
        """
        UPDATE ticket_types SET quantity_sold = quantity_sold + 1
        WHERE organization_id = $1 AND livemode = $2 AND id = $3
        """;

    private readonly Guid _id = NewId();
    private Guid _organization;
    private bool _livemode;
    private string _currency = "";
    private string _typeName = "";

    public long Number { get; private set; }

    public string Token { get; } = $"chk_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";

    public static NewSale Parse(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        var input = json.RootElement.GetProperty("variables").GetProperty("input");
        return new NewSale(
            input.GetProperty("eventId").GetGuid(),
            input.GetProperty("items")[0].GetProperty("ticketTypeId").GetGuid(),
            input.GetProperty("buyerName").GetString()!,
            input.GetProperty("buyerEmail").GetString()!);
    }

    /// <summary>Reads what is on sale, and takes the next order number.</summary>
    public async Task<bool> FindAsync(NpgsqlConnection connection)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(Find).With(EventId).With(TypeId);
        await using var row = await batch.ExecuteReaderAsync();
        if (!await row.ReadAsync())
            return false;
        (_organization, _livemode, Number) = (row.GetGuid(0), row.GetBoolean(1), row.GetInt64(2));
        (_currency, _typeName) = (row.GetString(3), row.GetString(4));
        return true;
    }

    /// <summary>All rows form one batch: one transaction in one round trip.</summary>
    public async Task CommitAsync(NpgsqlConnection connection, Claim claim, string requestId)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var emailKey = BuyerEmail.ToLowerInvariant();
        await using var batch = new NpgsqlBatch(connection);
        Add(batch, Stock).With(TypeId);
        Add(batch, Order).With(_id).With(Number).With(EventId).With(BuyerName).With(BuyerEmail).With(emailKey)
            .With(_currency).With(SHA256.HashData(Encoding.UTF8.GetBytes(Token))).With(now);
        Add(batch, Item).With(NewId()).With(_id).With(TypeId).With(_typeName);
        Add(batch, Ticket).With(NewId()).With(EventId).With(_id).With(Number).With(TypeId)
            .With(_typeName).With(RandomNumberGenerator.GetString(Alphabet, 8)).With(BuyerName).With(BuyerEmail)
            .With(emailKey).With(_currency).With(now);
        Add(batch, WebhookEvent).With(NewId()).With(Payload()).With(EventId).With(_id).With(requestId)
            .With(now);
        Add(batch, Email).With(NewId()).With(_id).With(now);
        Add(batch, Answer).With(claim.KeyHash).With(claim.RequestHash).With(claim.Body).With(_id).With(now);
        await batch.ExecuteNonQueryAsync();
    }

    private NpgsqlBatchCommand Add(NpgsqlBatch batch, string statement) =>
        batch.Add(statement).With(_organization).With(_livemode);

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    private string Payload()
    {
        var data = new ArrayBufferWriter<byte>(512);
        using (var json = Writing.Writer(data))
        {
            json.WriteStartObject();
            json.WriteString("order_id"u8, _id);
            json.WriteOrderNumber("order_number"u8, Number);
            json.WriteString("buyer_email"u8, BuyerEmail);
            json.WriteString("buyer_name"u8, BuyerName);
            json.WriteString("event_id"u8, EventId);
            json.WriteNumber("total_amount"u8, 0);
            json.WriteString("currency"u8, _currency);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(data.WrittenSpan);
    }
}
