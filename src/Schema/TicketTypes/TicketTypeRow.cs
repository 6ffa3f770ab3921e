using System.ComponentModel;
using Equaticket.Persistence;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Spelling;
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
        new(ticketType, StatusAt(ticketType, row.Status, EventLifecycle.EndOf(row), now));

    /// <summary>Reads ticket types with the state of their events; see <see cref="RowQuery{TEntity}"/>.</summary>
    internal const string Select =
        """
        SELECT {columns}, e.status, e.starts_at, e.ends_at
        FROM {table} AS r
        JOIN events AS e
          ON e.organization_id = r.organization_id AND e.livemode = r.livemode AND e.id = r.event_id
        """;

    /// <summary>Reads a row of <see cref="Select"/>.</summary>
    /// <param name="now">The time for which to compute the status, in UTC.</param>
    internal static RowReader<TicketType, TicketTypeRow> ReaderAt(DateTimeOffset now) => (ticketType, reader, next) =>
    {
        var status = WireNames<EventStatus>.Parse(reader.GetString(next));
        var endsAt = reader.GetFieldValue<DateTimeOffset?>(next + 2);
        var end = EventLifecycle.EndOf(reader.GetFieldValue<DateTimeOffset>(next + 1), endsAt);
        return new TicketTypeRow(ticketType, StatusAt(ticketType, status, end, now));
    };

    /// <summary>Ends the term of a response when the status may change without a write.</summary>
    public static void Limit(AnswerTerm term, TicketType ticketType, Event row, DateTimeOffset now)
    {
        term.EndBy(ticketType.SalesStartAt, now);
        term.EndBy(ticketType.SalesEndAt, now);
        term.EndBy(EventLifecycle.EndOf(row), now);
    }

    private static TicketTypeStatus StatusAt(
        TicketType ticketType, EventStatus status, DateTimeOffset end, DateTimeOffset now)
    {
        if (status == EventStatus.Cancelled || end <= now || ticketType.SalesEndAt <= now)
            return TicketTypeStatus.Ended;
        if (ticketType.QuantitySold >= ticketType.QuantityTotal)
            return TicketTypeStatus.SoldOut;
        return status == EventStatus.Draft || ticketType.SalesStartAt > now
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
