using Equaticket.Persistence;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Equaticket.Schema.Emails;

/// <summary>
/// Sends the queued emails about accounts. Any number of hosts may do so concurrently, because each email is claimed
/// for a limited time. If a host sends an email and then crashes, the email is sent again with the same
/// <c>Message-Id</c>.
/// </summary>
public sealed class AccountEmails(
    TenantContexts contexts,
    RowStamps stamps,
    IEmailTransport transport,
    IServiceScopeFactory scopes,
    IOptions<EmailOptions> options,
    ILogger<AccountEmails> log) : IJob
{
    private const string Sender = "Equaticket";

    /// <summary>How long a claim lasts, which is also the delay before a failed email is retried.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>How long an email is retried. The links in it work for a day.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(12);

    /// <summary>Sends emails until none is due or the mail server can't be reached.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = transport.Open();
        while (await ClaimAsync(cancellationToken) is { } email)
        {
            try
            {
                if (await ComposeAsync(email, cancellationToken) is { } message)
                    await connection.SendAsync(message, cancellationToken);
                await EndAsync(email);
            }
            catch (EmailRefusedException refusal)
            {
                log.LogError("Email {EmailId} is not sent: {Reason}.", email.Id, refusal.Message);
                await EndAsync(email);
            }
            catch (EmailUndeliveredException failure)
            {
                log.LogWarning("Email {EmailId} was not sent: {Reason}.", email.Id, failure.Message);
                if (stamps.Now() - email.CreatedAt > Patience)
                    await EndAsync(email);
                if (failure.IsOutage)
                    return;
            }
        }
    }

    private async Task<AccountEmail?> ClaimAsync(CancellationToken cancellationToken)
    {
        var (now, leaseEnd) = (stamps.Now(), stamps.Now() + Lease);
        await using var database = contexts.Lease(null);
        var claimed = await database.AccountEmails.FromSql(
            $"""
            UPDATE account_emails SET next_attempt_at = {leaseEnd}
            WHERE id = (
                SELECT id FROM account_emails WHERE next_attempt_at <= {now}
                ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING *
            """).ToListAsync(cancellationToken);
        return claimed.SingleOrDefault();
    }

    /// <remarks>Not cancelled when the host stops, so that an email that was sent is not sent again.</remarks>
    private async Task EndAsync(AccountEmail email)
    {
        await using var database = contexts.Lease(null);
        await database.AccountEmails.Where(e => e.Id == email.Id)
            .ExecuteDeleteAsync(CancellationToken.None);
    }

    /// <returns>The email; null if there is nothing left to send.</returns>
    /// <exception cref="EmailRefusedException">Mail can't be sent to the address.</exception>
    private async Task<MimeMessage?> ComposeAsync(AccountEmail email, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var texts = scope.ServiceProvider.GetRequiredService<AccountEmailTexts>();
        if (await texts.WriteAsync(email, cancellationToken) is not var (content, address))
            return null;
        var recipient = EmailAddress.Read(address)
            ?? throw new EmailRefusedException("mail cannot be sent to the address");
        var from = options.Value.Sender;
        var kind = WireNames<AccountEmailKind>.Of(email.Kind).Replace('_', '-');
        var message = new MimeMessage
        {
            MessageId = $"{kind}-{email.Id}@{from.Host}",
            Date = email.CreatedAt,
            Subject = content.Subject,
            Body = EmailLayout.Body(content, Sender, new Dictionary<Guid, byte[]>()),
        };
        message.From.Add(from.Mailbox(Sender));
        message.To.Add(recipient.Mailbox(""));
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }
}
