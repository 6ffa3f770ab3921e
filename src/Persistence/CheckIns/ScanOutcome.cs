using System.ComponentModel;

namespace Equaticket.Persistence.CheckIns;

/// <summary>The result of a scan at the door.</summary>
[Description("The outcome of a scan at the door.")]
public enum ScanOutcome
{
    [Description("The holder is admitted.")]
    Accepted,

    [Description("The ticket is already checked in.")]
    AlreadyUsed,

    [Description("The ticket has been refunded.")]
    Refunded,

    [Description("The ticket is void because its payment was lost to a dispute.")]
    Void,

    [Description("The event has no such ticket.")]
    NotFound,

    [Description("The event is a draft or has been cancelled.")]
    EventNotPublished,

    [Description("An earlier check-in was undone; the ticket can be scanned again.")]
    Undone,
}
