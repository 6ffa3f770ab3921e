using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Emails;
using Equaticket.Schema.CheckIns;
using Equaticket.Schema.Execution;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Equaticket.Schema.Emails;

/// <summary>Composes a queued e-mail from the current data.</summary>
public sealed class EmailComposer(
    TicketSigner signer, PublicUrls urls, IOptions<EmailOptions> options)
{
    /// <returns>The e-mail, or null if there is nothing left to send.</returns>
    /// <exception cref="EmailRefusedException">Mail cannot be sent to the buyer's address.</exception>
    internal async Task<MimeMessage?> ComposeAsync(
        EmailSubject subject, CancellationToken cancellationToken)
    {
        var eventUrl = urls.Event(subject.Organization.Slug, subject.Event.Slug, livemode: true);
        if (EmailTexts.Of(subject, eventUrl) is not { } content)
            return null;
        var sender = OneLine(subject.Organization.Name);
        var message = new MimeMessage
        {
            MessageId = MessageId(subject.Email),
            Date = subject.Email.CreatedAt,
            Subject = OneLine(content.Subject),
            Body = EmailLayout.Body(
                content, sender, await DrawAsync(content.Tickets, cancellationToken)),
        };
        message.From.Add(options.Value.Sender.Mailbox(sender));
        message.To.Add(Recipient(subject));
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    /// <summary>The same on every attempt, so that duplicates are recognized.</summary>
    private string MessageId(QueuedEmail email) =>
        $"{email.Id}@{options.Value.Sender.Host}";

    private static MailboxAddress Recipient(EmailSubject subject) =>
        EmailAddress.Read(subject.Order.BuyerEmail!)?.Mailbox(OneLine(subject.Order.BuyerName ?? ""))
            ?? throw new EmailRefusedException("mail cannot be sent to the address");

    private async Task<Dictionary<Guid, byte[]>> DrawAsync(
        IReadOnlyList<Attendee> tickets, CancellationToken cancellationToken)
    {
        var images = new Dictionary<Guid, byte[]>();
        foreach (var ticket in tickets)
        {
            if (await signer.QrTextAsync(ticket, cancellationToken) is { } text)
                images.Add(ticket.Id, QrCode.Png(text));
        }

        return images;
    }

    /// <summary>Names are free text; in a header they must not start a new line.</summary>
    private static string OneLine(string text) =>
        string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
}
