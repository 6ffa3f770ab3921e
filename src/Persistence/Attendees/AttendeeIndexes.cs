namespace Equaticket.Persistence.Attendees;

/// <summary>Names of indexes whose violation is handled.</summary>
public static class AttendeeIndexes
{
    /// <summary>Two tickets of an organization were assigned the same code.</summary>
    public const string TicketCode = "ix_attendees_ticket_code";
}
