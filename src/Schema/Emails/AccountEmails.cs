using Equaticket.Persistence;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Jobs;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Equaticket.Schema.Emails;

/// <summary>
/// Sends the queued e-mails about accounts. Any number of hosts may do so at once: each is claimed for a
/// while. One that was sent by a host which then died is sent again, with the same <c>Message-Id</c>.
/// </summary>
public sealed class AccountEmails(
    TenantContexts contexts,
    RowStamps stamps,
    IEmailTransport transport,
    IServiceScopeFactory scopes,
    PublicUrls urls,
    IOptions<EmailOptions> options,
    ILogger<AccountEmails> log) : IJob
{
    private const string Sender = "Equaticket";

    /// <summary>How long a claim lasts, and so when one that was not taken is tried again.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>How long it is tried. The links in it last a day.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(12);

    /// <summary>Sends until none is due, or the mail server cannot be had.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = transport.Open();
        while (await ClaimAsync(cancellationToken) is { } email)
        {
            try
            {
                if (await ComposeAsync(email) is { } message)
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

    /// <remarks>Not cancelled by the end of the host: what was sent is noted.</remarks>
    private async Task EndAsync(AccountEmail email)
    {
        await using var database = contexts.Lease(null);
        await database.AccountEmails.Where(e => e.Id == email.Id)
            .ExecuteDeleteAsync(CancellationToken.None);
    }

    /// <returns>Null when there is nothing to tell the owner of the address.</returns>
    /// <exception cref="EmailRefusedException">Mail cannot be sent to the address.</exception>
    private async Task<MimeMessage?> ComposeAsync(AccountEmail email)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        if (await users.FindByEmailAsync(email.Address) is not { } user)
            return null;
        var content = email.Kind switch
        {
            AccountEmailKind.SignUp => await SignUpAsync(users, user),
            AccountEmailKind.PasswordReset => await ResetAsync(users, user),
            var kind => throw new InvalidOperationException($"There is no text for {kind}."),
        };
        return Message(email, user, content);
    }

    private async Task<EmailContent> SignUpAsync(UserManager<User> users, User user)
    {
        if (user.EmailConfirmedAt is not null)
        {
            return new EmailContent("You already have an account",
            [
                "Someone, probably you, wanted to sign up with this address. It has an account already.",
                $"Sign in: {urls.Base}/dashboard/sign-in",
                $"If you forgot the password, reset it: {urls.Base}/dashboard/forgot-password",
            ]);
        }

        var token = Uri.EscapeDataString(await users.GenerateEmailConfirmationTokenAsync(user));
        return new EmailContent("Confirm your email address",
        [
            "Confirm your address to start with Equaticket:",
            $"{urls.Base}/dashboard/confirm?user={user.Id}&token={token}",
            "The link works for one day. If you did not sign up, ignore this email.",
        ]);
    }

    private async Task<EmailContent> ResetAsync(UserManager<User> users, User user)
    {
        var token = Uri.EscapeDataString(await users.GeneratePasswordResetTokenAsync(user));
        return new EmailContent("Choose a new password",
        [
            "Choose a new password here:",
            $"{urls.Base}/dashboard/reset-password?user={user.Id}&token={token}",
            "The link works for one day, once. If you did not ask for it, ignore this email: your password stays.",
        ]);
    }

    private MimeMessage Message(AccountEmail email, User user, EmailContent content)
    {
        var recipient = EmailAddress.Read(user.Email)
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
