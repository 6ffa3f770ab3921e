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
/// Sends the queued emails about accounts. Any number of hosts may do so concurrently, because each email is
/// claimed first. If a host dies after sending one, it is sent again with the same <c>Message-Id</c>.
/// </summary>
public sealed class AccountEmails(
    Claims claims,
    TenantContexts contexts,
    RowStamps stamps,
    IEmailTransport transport,
    IServiceScopeFactory scopes,
    IOptions<EmailOptions> options,
    ILogger<AccountEmails> log) : IJob
{
    private const string Sender = "Equaticket";

    private const int Parallelism = 4;

    /// <summary>An email that was not sent is due again when its lease ends.</summary>
    private static readonly Claim Due = new("account_emails", "next_attempt_at", TimeSpan.FromMinutes(2))
    {
        Key = "id",
    };

    /// <summary>How long to retry. The links in the emails are valid for a day.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(12);

    /// <summary>Sends emails until none is due or the mail server can't be reached.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var connections = new EmailConnections(transport);
        while (await claims.TakeAsync<AccountEmail>(Due, Parallelism, [], cancellationToken) is { Count: > 0 } due)
        {
            var outcomes = await Task.WhenAll(due.Select(email => SendAsync(connections, email, cancellationToken)));
            if (outcomes.Contains(false))
                return;
        }
    }

    /// <returns>Whether to continue with other emails.</returns>
    private async Task<bool> SendAsync(
        EmailConnections connections, AccountEmail email, CancellationToken cancellationToken)
    {
        var connection = connections.Take();
        try
        {
            if (await ComposeAsync(email, cancellationToken) is { } message)
                await connection.SendAsync(message, cancellationToken);
            await EndAsync(email);
            return true;
        }
        catch (EmailRefusedException refusal)
        {
            log.LogError("Email {EmailId} is not sent: {Reason}.", email.Id, refusal.Message);
            await EndAsync(email);
            return true;
        }
        catch (EmailUndeliveredException failure)
        {
            log.LogWarning("Email {EmailId} was not sent: {Reason}.", email.Id, failure.Message);
            if (stamps.Now() - email.CreatedAt > Patience)
                await EndAsync(email);
            return !failure.IsOutage;
        }
        finally
        {
            connections.GiveBack(connection);
        }
    }

    /// <remarks>Not cancelled when the host stops, so that a sent email is recorded.</remarks>
    private async Task EndAsync(AccountEmail email)
    {
        await using var database = contexts.Lease(null);
        await database.AccountEmails.Where(e => e.Id == email.Id)
            .ExecuteDeleteAsync(CancellationToken.None);
    }

    /// <returns>Null if there is nothing to send to the address.</returns>
    /// <exception cref="EmailRefusedException">Mail cannot be sent to the address.</exception>
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
