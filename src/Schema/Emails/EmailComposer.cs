using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Emails;
using Equaticket.Schema.CheckIns;
using Equaticket.Schema.Execution;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Equaticket.Schema.Emails;

/// <summary>Makes the e-mail that was queued, out of what is stored at that moment.</summary>
public sealed class EmailComposer(
    TicketSigner signer, PublicUrls urls, IOptions<EmailOptions> options)
{
    /// <returns>The e-mail, or null when there is nothing to tell any more.</returns>
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

    /// <summary>The same at every attempt, so that a duplicate is recognised.</summary>
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

    /// <summary>Names are free text; in a header they must not begin a line of their own.</summary>
    private static string OneLine(string text) =>
        string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
}
