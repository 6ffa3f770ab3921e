using Equaticket.Engine.Errors;
using Equaticket.Persistence.Attendees;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Reading;

namespace Equaticket.Schema.Attendees;

/// <summary>Reads attendees of the caller's organization and mode.</summary>
internal static class AttendeeReader
{
    public static RowSource<Attendee, Attendee> Rows { get; } = RowSource.Of<Attendee>();

    public static ChildList<Attendee, Attendee> OfEvents { get; } =
        new(Rows, attendee => attendee.EventId);

    public static ChildList<Attendee, Attendee> OfOrders { get; } =
        new(Rows, attendee => attendee.OrderId);

    public static ChildList<Attendee, Attendee> OfTicketTypes { get; } =
        new(Rows, attendee => attendee.TicketTypeId);

    /// <exception cref="ApiError">The caller has no attendee with this id.</exception>
    public static async Task<Attendee> GetAsync(
        OperationContext operation, Guid id, CancellationToken cancellationToken) =>
        await SourceQuery<Attendee>.Instance.FindAsync(operation, id, cancellationToken)
        ?? throw ApiError.NotFound("attendee");
}
