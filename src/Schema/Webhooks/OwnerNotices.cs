using Equaticket.Persistence;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Emails;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;
using Npgsql;

namespace Equaticket.Schema.Webhooks;

/// <summary>
/// Notifies owners by e-mail that failures disabled a webhook. Any number of hosts may do so at once: each
/// notice is claimed for a while. One that was sent by a host which then died is sent again, with the
/// same <c>Message-Id</c>.
/// </summary>
public sealed class OwnerNotices(
    NpgsqlDataSource database,
    RowStamps stamps,
    IEmailTransport transport,
    IOptions<EmailOptions> options,
    ILogger<OwnerNotices> log)
{
    private const string Sender = "Equaticket";

    /// <summary>How long a claim lasts, and therefore when a notice that was not accepted is retried.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(15);

    /// <summary>How long after the webhook was disabled to keep trying.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    private static readonly string Claim =
        $"""
        UPDATE webhooks AS due SET owner_notice_due_at = $2
        FROM organizations AS organization
        WHERE (due.organization_id, due.id) = (
            SELECT organization_id, id FROM webhooks WHERE owner_notice_due_at <= $1
            ORDER BY owner_notice_due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            AND organization.id = due.organization_id
        RETURNING due.organization_id, due.id, due.url, due.disabled_reason, due.updated_at,
            organization.name, (
                SELECT person.email FROM memberships AS membership
                JOIN users AS person ON person.id = membership.user_id
                WHERE membership.organization_id = due.organization_id
                    AND membership.role = '{WireNames<Role>.Of(Role.Owner)}')
        """;

    private const string End =
        """
        UPDATE webhooks SET owner_notice_due_at = NULL
        WHERE organization_id = $1 AND id = $2 AND owner_notice_due_at = $3
        """;

    /// <summary>Sends until none is due, or the mail server cannot be reached.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = transport.Open();
        while (await ClaimAsync(cancellationToken) is { } notice)
        {
            try
            {
                if (Compose(notice) is { } message)
                    await connection.SendAsync(message, cancellationToken);
                await EndAsync(notice);
            }
            catch (EmailRefusedException refusal)
            {
                log.LogError(
                    "The owner cannot be notified about webhook {WebhookId}: {Reason}.",
                    notice.WebhookId, refusal.Message);
                await EndAsync(notice);
            }
            catch (EmailUndeliveredException failure)
            {
                log.LogWarning(
                    "The owner was not notified about webhook {WebhookId}: {Reason}.",
                    notice.WebhookId, failure.Message);
                if (stamps.Now() - notice.DisabledAt > Patience)
                    await EndAsync(notice);
                if (failure.IsOutage)
                    return;
            }
        }
    }

    private async Task<Notice?> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        var leaseEnd = now + Lease;
        await using var command = database.CreateCommand(Claim);
        command.Parameters.Add(new NpgsqlParameter { Value = now });
        command.Parameters.Add(new NpgsqlParameter { Value = leaseEnd });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken)
            ? new Notice(
                rows.GetGuid(0), rows.GetGuid(1), rows.GetString(2), rows.GetString(3),
                rows.GetFieldValue<DateTimeOffset>(4), rows.GetString(5),
                rows.IsDBNull(6) ? null : rows.GetString(6), leaseEnd)
            : null;
    }

    /// <remarks>Not cancelled when the host stops: what was sent is recorded.</remarks>
    private async Task EndAsync(Notice notice)
    {
        await using var command = database.CreateCommand(End);
        command.Parameters.Add(new NpgsqlParameter { Value = notice.OrganizationId });
        command.Parameters.Add(new NpgsqlParameter { Value = notice.WebhookId });
        command.Parameters.Add(new NpgsqlParameter { Value = notice.LeaseEnd });
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <returns>Null if the organization has no owner.</returns>
    /// <exception cref="EmailRefusedException">Mail cannot be sent to the owner's address.</exception>
    private MimeMessage? Compose(Notice notice)
    {
        if (notice.OwnerEmail is null)
            return null;
        var owner = EmailAddress.Read(notice.OwnerEmail)
            ?? throw new EmailRefusedException("mail cannot be sent to the address");
        var from = options.Value.Sender;
        var content = new EmailContent(
            "A webhook was disabled",
            [
                $"{notice.Organization}'s webhook to {notice.Url} was disabled.",
                notice.Reason,
                "No more events are delivered to it. When the endpoint works again, enable the webhook, "
                    + "then redeliver the failed messages.",
            ]);
        var message = new MimeMessage
        {
            MessageId = $"webhook-{notice.WebhookId}-{notice.DisabledAt.ToUnixTimeMilliseconds()}"
                + $"@{from.Host}",
            Date = notice.DisabledAt,
            Subject = content.Subject,
            Body = EmailLayout.Body(content, Sender, new Dictionary<Guid, byte[]>()),
        };
        message.From.Add(from.Mailbox(Sender));
        message.To.Add(owner.Mailbox(""));
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    private sealed record Notice(
        Guid OrganizationId,
        Guid WebhookId,
        string Url,
        string Reason,
        DateTimeOffset DisabledAt,
        string Organization,
        string? OwnerEmail,
        DateTimeOffset LeaseEnd);
}
