using System.ComponentModel;

namespace Equaticket.Persistence.Attendees;

/// <summary>Whether a ticket lets its holder in.</summary>
[Description("Whether a ticket lets its holder in.")]
public enum AttendeeStatus
{
    [Description("It lets its holder in, once.")]
    Valid,

    [Description("Refunded; its place can be sold again.")]
    Refunded,

    [Description("Its payment was lost to a dispute.")]
    Void,
}
