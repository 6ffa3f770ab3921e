using System.ComponentModel;
using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.CheckIns;

/// <summary>A scan at the door, accepted or not, or the undo of one. Deleted only when test data is reset.</summary>
public sealed class Scan : TenantEntity, IPagedRow
{
    /// <summary>The ticket; null if none was found.</summary>
    public Guid? AttendeeId { get; init; }

    /// <summary>The ticket's event, or the event that the scan was for.</summary>
    public Guid? EventId { get; init; }

    public required ScanOutcome Outcome { get; init; }

    /// <summary>When the ticket was first checked in, as returned to the scanner.</summary>
    public DateTimeOffset? CheckedInAt { get; init; }

    public string? Gate { get; init; }

    public string? Device { get; init; }

    /// <summary>The scanner's unique key for this scan. A retry gets the response to the first attempt.</summary>
    public string? Nonce { get; init; }

    /// <summary>The user who scanned; null for keys.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The API key that scanned; null for users.</summary>
    public Guid? ApiKeyId { get; init; }
}

/// <summary>The result of a scan at the door.</summary>
[Description("The outcome of a scan at the door.")]
public enum ScanOutcome
{
    [Description("The holder is admitted.")]
    Accepted,

    [Description("The ticket is already checked in.")]
    AlreadyUsed,

    [Description("The ticket has been refunded, or its refund is in progress.")]
    Refunded,

    [Description("The ticket is void because its payment was lost in a dispute.")]
    Void,

    [Description("The event has no such ticket.")]
    NotFound,

    [Description("The event is a draft or has been cancelled.")]
    EventNotPublished,

    [Description("An earlier check-in was undone; the ticket can be scanned again.")]
    Undone,
}
