using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.CheckIns;

namespace Equaticket.Schema.CheckIns;

/// <summary>The result of a scan.</summary>
/// <param name="Scan">The scan.</param>
/// <param name="Ticket">The current state of the ticket; null if none was found.</param>
/// <param name="OtherEventId">The event that the ticket is for, if not that of the scan; otherwise null.</param>
public sealed record CheckInRow(Scan Scan, Attendee? Ticket, Guid? OtherEventId);
