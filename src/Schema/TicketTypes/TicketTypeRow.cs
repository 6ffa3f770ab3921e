using System.ComponentModel;
using Equaticket.Persistence;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.TicketTypes;
using Equaticket.Schema.Events;
using Equaticket.Schema.Execution;

namespace Equaticket.Schema.TicketTypes;

/// <summary>A ticket type with its status at the time it is read.</summary>
public sealed record TicketTypeRow(TicketType TicketType, TicketTypeStatus Status) : IPagedRow
{
    public Guid Id => TicketType.Id;

    public DateTimeOffset CreatedAt => TicketType.CreatedAt;

    /// <summary>The most tickets that one order can have, given what is left.</summary>
    public int AvailablePerOrder =>
        Math.Min(TicketType.MaxPerOrder, TicketType.QuantityAvailable ?? TicketType.MaxPerOrder);

    /// <param name="ticketType">The ticket type.</param>
    /// <param name="row">The event. Once it is over or cancelled, tickets are no longer on sale.</param>
    /// <param name="now">The time for which to compute the status, in UTC.</param>
    public static TicketTypeRow At(TicketType ticketType, Event row, DateTimeOffset now) =>
        new(ticketType, StatusAt(ticketType, row, now));

    /// <summary>Ends the term of a response when the status may change without a write.</summary>
    public static void Limit(AnswerTerm term, TicketType ticketType, Event row, DateTimeOffset now)
    {
        term.EndBy(ticketType.SalesStartAt, now);
        term.EndBy(ticketType.SalesEndAt, now);
        term.EndBy(EventLifecycle.EndOf(row), now);
    }

    private static TicketTypeStatus StatusAt(TicketType ticketType, Event row, DateTimeOffset now)
    {
        if (row.Status == EventStatus.Cancelled || EventLifecycle.IsOver(row, now)
            || ticketType.SalesEndAt <= now)
            return TicketTypeStatus.Ended;
        if (ticketType.QuantitySold >= ticketType.QuantityTotal)
            return TicketTypeStatus.SoldOut;
        return row.Status == EventStatus.Draft || ticketType.SalesStartAt > now
            ? TicketTypeStatus.Scheduled
            : TicketTypeStatus.OnSale;
    }
}

[Description("The sales status of a ticket type.")]
public enum TicketTypeStatus
{
    [Description("Not on sale yet: the event is a draft, or the sales window has not opened.")]
    Scheduled,

    [Description("On sale now.")]
    OnSale,

    [Description("All tickets are sold and confirmed.")]
    SoldOut,

    [Description("No longer on sale: the sales window has closed, or the event has ended or was cancelled.")]
    Ended,
}
