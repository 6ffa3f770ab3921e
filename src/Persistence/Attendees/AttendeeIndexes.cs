namespace Equaticket.Persistence.Attendees;

/// <summary>Names of indexes whose violation means something.</summary>
public static class AttendeeIndexes
{
    /// <summary>Two tickets of an organization drew the same code.</summary>
    public const string TicketCode = "ix_attendees_ticket_code";
}
