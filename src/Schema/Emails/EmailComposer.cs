using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Refunds;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.CheckIns;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Equaticket.Schema.Emails;

/// <summary>Composes a queued email from the current data.</summary>
public sealed class EmailComposer(
    TicketSigner signer, PublicUrls urls, IOptions<EmailOptions> options)
{
    /// <returns>The email, or null if there is nothing left to send.</returns>
    /// <exception cref="EmailRefusedException">Mail can't be sent to the buyer's address.</exception>
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
        EmailAddress.Require(subject.Order.BuyerEmail!).Mailbox(OneLine(subject.Order.BuyerName ?? ""));

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

/// <summary>The subject of an email, as of when it is sent.</summary>
/// <param name="Email">The queued email.</param>
/// <param name="Organization">The seller.</param>
/// <param name="Order">The order whose buyer receives it, with its event and tickets.</param>
/// <param name="Refund">The refund; null for other kinds of email.</param>
internal sealed record EmailSubject(
    QueuedEmail Email, Organization Organization, Order Order, Refund? Refund)
{
    public Event Event => Order.Event!;

    /// <summary>The tickets that are still valid, in the order of purchase.</summary>
    public IReadOnlyList<Attendee> ValidTickets =>
        [.. Order.Attendees.Where(ticket => ticket.Status == AttendeeStatus.Valid)
            .OrderBy(ticket => ticket.CreatedAt).ThenBy(ticket => ticket.Id)];

    /// <returns>The subject; null if the order or its buyer's data is gone.</returns>
    public static async Task<EmailSubject?> ReadAsync(
        TenantContexts contexts, QueuedEmail email, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(new(email.OrganizationId, email.Livemode));
        var order = await database.Orders
            .Include(row => row.Event)
            .SingleOrDefaultAsync(row => row.Id == email.OrderId, cancellationToken);
        if (order?.BuyerEmail is null)
            return null;
        foreach (var ticket in await database.Attendees
            .Where(ticket => ticket.OrderId == order.Id).ToListAsync(cancellationToken))
            order.Attendees.Add(ticket);
        var organization = await database.Organizations
            .SingleAsync(row => row.Id == email.OrganizationId, cancellationToken);
        var refund = await database.Refunds
            .SingleOrDefaultAsync(row => row.Id == email.RefundId, cancellationToken);
        return new EmailSubject(email, organization, order, refund);
    }
}
