using Equaticket.Persistence;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Equaticket.Schema.Emails;

/// <summary>An email from Equaticket to a user.</summary>
/// <param name="Id">The <c>Message-Id</c> without its host; the same on each attempt, to recognize duplicates.</param>
/// <param name="Date">When the cause of the email occurred.</param>
/// <param name="Address">The email address of the user.</param>
/// <param name="Content">The content.</param>
internal sealed record UserEmail(string Id, DateTimeOffset Date, string Address, EmailContent Content);

/// <summary>Sends emails from Equaticket to users. Emails to buyers are from the organization instead.</summary>
public sealed class UserEmails(RowStamps stamps, IOptions<EmailOptions> options, ILogger<UserEmails> log)
{
    private const string Sender = "Equaticket";

    /// <param name="connection">The connection to the mail server.</param>
    /// <param name="email">The email; null if there is nothing to send.</param>
    /// <param name="patience">How long after its date to retry.</param>
    /// <param name="end">Records that the email will not be sent again.</param>
    /// <param name="cancellationToken">Cancels the attempt, but not its record.</param>
    /// <returns>Whether to continue with other emails.</returns>
    internal async Task<bool> SendAsync(
        IEmailConnection connection,
        UserEmail? email,
        TimeSpan patience,
        Func<Task> end,
        CancellationToken cancellationToken)
    {
        var isOutage = false;
        try
        {
            if (email is not null)
                await connection.SendAsync(Compose(email), cancellationToken);
        }
        catch (EmailRefusedException refusal)
        {
            log.LogError("Email {EmailId} is not sent: {Reason}.", email!.Id, refusal.Message);
        }
        catch (EmailUndeliveredException failure)
        {
            isOutage = failure.IsOutage;
            log.LogWarning("Email {EmailId} was not sent: {Reason}.", email!.Id, failure.Message);
            if (stamps.Now() - email.Date <= patience)
                return !isOutage;
        }

        await end();
        return !isOutage;
    }

    /// <exception cref="EmailRefusedException">Mail cannot be sent to the address.</exception>
    private MimeMessage Compose(UserEmail email)
    {
        var from = options.Value.Sender;
        var message = new MimeMessage
        {
            MessageId = $"{email.Id}@{from.Host}",
            Date = email.Date,
            Subject = email.Content.Subject,
            Body = EmailLayout.Body(email.Content, Sender, new Dictionary<Guid, byte[]>()),
        };
        message.From.Add(from.Mailbox(Sender));
        message.To.Add(EmailAddress.Require(email.Address).Mailbox(""));
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }
}
