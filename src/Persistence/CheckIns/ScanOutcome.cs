using System.ComponentModel;

namespace Equaticket.Persistence.CheckIns;

/// <summary>What a scan at the door came to.</summary>
[Description("What a scan at the door came to.")]
public enum ScanOutcome
{
    [Description("The holder is let in.")]
    Accepted,

    [Description("The ticket was scanned before.")]
    AlreadyUsed,

    [Description("The ticket was refunded.")]
    Refunded,

    [Description("The ticket's payment was lost to a dispute.")]
    Void,

    [Description("There is no such ticket for this event.")]
    NotFound,

    [Description("The event is a draft or cancelled.")]
    EventNotPublished,

    [Description("An earlier scan was undone, so that the ticket can be scanned again.")]
    Undone,
}
