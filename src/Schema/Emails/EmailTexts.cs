using System.Globalization;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Events;
using Equaticket.Schema.Money;
using Equaticket.Schema.Orders;
using NodaTime;
using NodaTime.Text;

namespace Equaticket.Schema.Emails;

/// <summary>The texts of emails to buyers.</summary>
internal static class EmailTexts
{
    private static readonly ZonedDateTimePattern Time = ZonedDateTimePattern.Create(
        "dddd, d MMMM uuuu, HH:mm (z)", CultureInfo.InvariantCulture,
        resolver: null, zoneProvider: null, templateValue: default);

    /// <returns>The content, or null if there is nothing left to send.</returns>
    public static EmailContent? Of(EmailSubject subject, string eventUrl) => subject.Email.Kind switch
    {
        EmailKind.OrderConfirmed => Confirmed(subject, eventUrl),
        EmailKind.OrderRefunded => Refunded(subject),
        EmailKind.EventCancelled => Cancelled(subject),
        var kind => throw new InvalidOperationException($"No text is defined for {kind}."),
    };

    /// <remarks>
    /// Buyers of a cancelled event are only notified of that, regardless of which email is sent first.
    /// </remarks>
    private static EmailContent? Confirmed(EmailSubject subject, string eventUrl)
    {
        if (subject.Event.Status == EventStatus.Cancelled
            || subject.ValidTickets is not { Count: > 0 } tickets)
            return null;
        return new EmailContent(
            $"Your tickets for {subject.Event.Title}",
            [
                Greeting(subject),
                $"Thank you for your order {OrderNumbers.Format(subject.Order.Number)}.",
                Occasion(subject.Event),
                $"Total: {MoneyText.Of(subject.Order.TotalAmount, subject.Order.Currency)}",
                "Show each ticket's code or QR code at the door:",
            ])
        {
            Tickets = tickets,
            Ending = $"Event page: {eventUrl}",
        };
    }

    private static EmailContent? Refunded(EmailSubject subject)
    {
        if (subject.Refund is not { } refund)
            return null;
        var codes = subject.Order.Attendees
            .Where(ticket => refund.AttendeeIds.Contains(ticket.Id))
            .Select(ticket => $"{ticket.TicketCode} ({ticket.TicketTypeName})")
            .Order(StringComparer.Ordinal).ToList();
        var amount = refund.Amount == 0
            ? $"Tickets in your order {OrderNumbers.Format(subject.Order.Number)} have been cancelled."
            : $"{MoneyText.Of(refund.Amount, subject.Order.Currency)} of your order "
                + $"{OrderNumbers.Format(subject.Order.Number)} is being refunded to your original payment method.";
        return new EmailContent(
            $"Refund for {subject.Event.Title}",
            codes.Count == 0
                ? [Greeting(subject), amount]
                : [Greeting(subject), amount,
                    $"These tickets are no longer valid:\n{string.Join('\n', codes)}"]);
    }

    private static EmailContent Cancelled(EmailSubject subject) => new(
        $"{subject.Event.Title} is cancelled",
        [
            Greeting(subject),
            "This event has been cancelled:",
            Occasion(subject.Event),
            subject.Event.RefundsRequestedAt is null
                ? $"For questions about your order {OrderNumbers.Format(subject.Order.Number)}, contact "
                    + $"{subject.Organization.Name}."
                : $"Your payment for order {OrderNumbers.Format(subject.Order.Number)} will be refunded. "
                    + "We will send you another email when it is.",
        ]);

    private static string Greeting(EmailSubject subject) =>
        subject.Order.BuyerName is { } name ? $"Hello {name}," : "Hello,";

    private static string Occasion(Event row)
    {
        var start = Instant.FromDateTimeOffset(row.StartsAt)
            .InZone(DateTimeZoneProviders.Tzdb[row.Timezone]);
        string?[] lines = [row.Title, Time.Format(start), row.VenueName, row.VenueAddress];
        return string.Join('\n', lines.Where(line => line is { Length: > 0 }));
    }

    /// <returns>The line of a ticket.</returns>
    public static string Line(Attendee ticket) =>
        ticket.Name is { } name
            ? $"{ticket.TicketCode}  {ticket.TicketTypeName}, {name}"
            : $"{ticket.TicketCode}  {ticket.TicketTypeName}";
}
