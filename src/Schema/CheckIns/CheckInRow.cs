using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.CheckIns;

namespace Equaticket.Schema.CheckIns;

/// <summary>What a scan came to.</summary>
/// <param name="Scan">The scan.</param>
/// <param name="Ticket">The ticket as it is now; null when none was found.</param>
public sealed record CheckInRow(Scan Scan, Attendee? Ticket);
