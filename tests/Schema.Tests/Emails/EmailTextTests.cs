using System.Text;
using Equaticket.Persistence.Team;
using MimeKit;

namespace Equaticket.Schema.Tests.Emails;

/// <summary>The text of each email.</summary>
public sealed class EmailTextTests(EmailHost shared) : EmailTest(shared)
{
    [Fact]
    public async Task A_confirmation_contains_the_tickets()
    {
        var (_, code) = await BuyAsync();
        var message = await TakeAsync();
        Assert.Equal("Your tickets for Tea & Sums", message.Subject);
        Assert.Equal(
            $"\"{Org.Organization.Name}\" <tickets@equaticket.example>", message.From.ToString());
        Assert.Equal("\"Ada Lovelace\" <ada@example.com>", message.To.ToString());
        Assert.Equal(
            $"""
            Hello Ada Lovelace,

            Thank you for your order EQ-1001.

            Tea & Sums
            Tuesday, 15 September 2099, 13:00 (America/Chicago)

            Total: 0.00 USD

            Show each ticket's code or QR code at the door:

            {code}  General Admission, Ada Lovelace

            Event page: {Host.Address.ToString().TrimEnd('/')}/e/{Org.Slug}/tea-sums

            {Org.Organization.Name}

            """,
            message.TextBody!.ReplaceLineEndings("\n"));
        Assert.Contains("Tea &amp; Sums<br>", message.HtmlBody, StringComparison.Ordinal);
        var image = Assert.Single(
            message.BodyParts.OfType<MimePart>(), part => part.ContentType.MediaType == "image");
        Assert.Contains($"cid:{image.ContentId}", message.HtmlBody, StringComparison.Ordinal);
        Assert.Equal("image/png", image.ContentType.MimeType);
    }

    [Fact]
    public async Task A_refund_email_states_amount_and_tickets()
    {
        var (_, code) = await BuyAsync();
        await TakeAsync();
        await QueueRefundAsync(code, amount: 2500);
        var text = (await TakeAsync()).TextBody!.ReplaceLineEndings("\n");
        Assert.Contains("25.00 USD of your order EQ-1001 is being refunded", text, StringComparison.Ordinal);
        Assert.Contains(
            $"These tickets are no longer valid:\n{code} (General Admission)", text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancellation_names_the_event()
    {
        await BuyAsync();
        await TakeAsync();
        await QueueAsync("event_cancelled", refundId: null);
        var message = await TakeAsync();
        Assert.Equal("Tea & Sums is cancelled", message.Subject);
        Assert.Contains(
            $"contact {Org.Organization.Name}", message.TextBody, StringComparison.Ordinal);
        Assert.Single(message.BodyParts.OfType<TextPart>(), part => part.IsHtml);
    }

    [Fact]
    public async Task A_name_can_neither_add_a_header_nor_markup()
    {
        const string name = "Eve\r\nBcc: all@example.com\r\n\r\n<script>alert(1)</script>";
        await BuyAsync();
        await Host.ExecuteSqlAsync("UPDATE orders SET buyer_name = $1", name);
        await Host.ExecuteSqlAsync("UPDATE attendees SET name = $1", name);
        var message = await TakeAsync();
        Assert.Empty(message.Bcc);
        Assert.Equal("ada@example.com", Assert.Single(message.To.Mailboxes).Address);
        Assert.DoesNotContain("<script>", message.HtmlBody, StringComparison.Ordinal);
        using var raw = new MemoryStream();
        await message.Headers.WriteToAsync(raw);
        Assert.DoesNotContain(
            "\nBcc", Encoding.UTF8.GetString(raw.ToArray()), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_confirmation_whose_tickets_were_all_refunded_is_dropped()
    {
        await BuyAsync();
        await Host.ExecuteSqlAsync("UPDATE attendees SET status = 'refunded' WHERE organization_id = $1",
            Org.Organization.Id);
        await SendAsync();
        Assert.Empty(Mail.Taken);
        Assert.Equal((1, false, false), await QueuedAsync());
    }

    [Fact]
    public async Task An_email_to_a_redacted_buyer_is_dropped()
    {
        await BuyAsync();
        var admin = await Org.SignInAsync(Role.Admin);
        (await admin.GraphQLAsync(
            """mutation { redactBuyer(email: "ada@example.com") { orders } }""")).Data();
        await SendAsync();
        Assert.Empty(Mail.Taken);
        Assert.Equal((1, false, false), await QueuedAsync());
    }

    private async Task<MimeMessage> TakeAsync()
    {
        await SendAsync();
        Assert.True(Mail.Taken.TryDequeue(out var message));
        Assert.Empty(Mail.Taken);
        return message;
    }

    private async Task QueueRefundAsync(string code, long amount)
    {
        var refundId = (await Host.QuerySqlAsync<Guid>(
            """
            INSERT INTO refunds (organization_id, livemode, id, order_id, amount, origin, status,
                attendee_ids, attempts, created_at, updated_at)
            SELECT organization_id, livemode, gen_random_uuid(), order_id, $2, 'dashboard',
                'succeeded', ARRAY[id], 1, now(), now()
            FROM attendees WHERE ticket_code = $1
            RETURNING id
            """,
            code, amount)).Single();
        await QueueAsync("order_refunded", refundId);
    }

    private Task QueueAsync(string kind, Guid? refundId) => Host.ExecuteSqlAsync(
        """
        INSERT INTO queued_emails (organization_id, livemode, id, kind, order_id, refund_id,
            next_attempt_at, attempts, created_at)
        SELECT organization_id, livemode, gen_random_uuid(), $1, id, $2, $3, 0, $3 FROM orders WHERE organization_id = $4
        """,
        kind, (object?)refundId ?? DBNull.Value, Clock.GetUtcNow(), Org.Organization.Id);
}
