using System.ComponentModel;

namespace Equaticket.Persistence.Attendees;

/// <summary>Whether a ticket is accepted at the door.</summary>
[Description("The status of a ticket.")]
public enum AttendeeStatus
{
    [Description("Admits its holder, once.")]
    Valid,

    [Description("Refunded; its place can be sold again.")]
    Refunded,

    [Description("Void because its payment was lost to a dispute.")]
    Void,
}
