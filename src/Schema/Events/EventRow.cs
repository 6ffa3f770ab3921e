using System.Linq.Expressions;
using Equaticket.Persistence;
using Equaticket.Persistence.Events;
using Npgsql;

namespace Equaticket.Schema.Events;

/// <summary>An event with the totals of its ticket types, read in one query.</summary>
public sealed class EventRow : IPagedRow
{
    public required Event Event { get; init; }

    /// <summary>The totals; null while the event has no ticket types.</summary>
    public EventTotals? Totals { get; init; }

    public Guid Id => Event.Id;

    public DateTimeOffset CreatedAt => Event.CreatedAt;

    public int TicketsSold => Totals?.Sold ?? 0;

    /// <summary>The total number of tickets; null if a ticket type is unlimited.</summary>
    public int? Capacity => Totals is null ? 0 : Totals.Unlimited > 0 ? null : Totals.Total;

    /// <summary>
    /// True if there is a ticket type, none is unlimited, and all tickets of each type are sold and confirmed.
    /// </summary>
    public bool SoldOut => Totals is { Unlimited: 0 } totals && totals.Sold >= totals.Total;

    /// <summary>Reads events with their totals, up to the conditions; see <see cref="RowQuery{TEntity}"/>.</summary>
    internal const string Select =
        """
        SELECT {columns}, t.sold, t.total, t.unlimited
        FROM {table} AS r
        LEFT JOIN LATERAL (
          SELECT sum(t.quantity_sold)::int AS sold,
            coalesce(sum(t.quantity_total), 0)::int AS total,
            (count(*) FILTER (WHERE t.quantity_total IS NULL))::int AS unlimited
          FROM ticket_types AS t
          WHERE t.organization_id = r.organization_id AND t.livemode = r.livemode AND t.event_id = r.id
          GROUP BY t.event_id) AS t ON true
        """;

    /// <summary>Reads a row of <see cref="Select"/>.</summary>
    internal static EventRow Read(Event row, NpgsqlDataReader reader, int totals) => new()
    {
        Event = row,
        Totals = reader.IsDBNull(totals) ? null : new EventTotals
        {
            Sold = reader.GetInt32(totals),
            Total = reader.GetInt32(totals + 1),
            Unlimited = reader.GetInt32(totals + 2),
        },
    };

    /// <summary>Reads events with their totals in one lateral join, for queries with a filter.</summary>
    public static Expression<Func<Event, EventRow>> FromEvent { get; } = row => new EventRow
    {
        Event = row,
        Totals = row.TicketTypes
            .GroupBy(ticketType => ticketType.EventId)
            .Select(ticketTypes => new EventTotals
            {
                Sold = ticketTypes.Sum(ticketType => ticketType.QuantitySold),
                Total = ticketTypes.Sum(ticketType => ticketType.QuantityTotal ?? 0),
                Unlimited = ticketTypes.Count(ticketType => ticketType.QuantityTotal == null),
            })
            .FirstOrDefault(),
    };
}

/// <summary>Totals of the ticket types of one event.</summary>
public sealed record EventTotals
{
    /// <summary>The number of tickets in confirmed orders.</summary>
    public required int Sold { get; init; }

    /// <summary>The number of tickets of the limited types.</summary>
    public required int Total { get; init; }

    /// <summary>The number of unlimited types.</summary>
    public required int Unlimited { get; init; }
}
