using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.CheckIns;

/// <summary>One scan at the door, accepted or not, or the undoing of one. It stays.</summary>
public sealed class Scan : ITenantOwned, IPagedRow
{
    public required Guid Id { get; init; }

    public Guid OrganizationId { get; set; }

    public bool Livemode { get; set; }

    /// <summary>The ticket; null when there was none.</summary>
    public Guid? AttendeeId { get; init; }

    /// <summary>The ticket's event, or the one that the scan was for.</summary>
    public Guid? EventId { get; init; }

    public required ScanOutcome Outcome { get; init; }

    /// <summary>When the ticket was first let in, as it was told to the scanner.</summary>
    public DateTimeOffset? CheckedInAt { get; init; }

    public string? Gate { get; init; }

    public string? Device { get; init; }

    /// <summary>The scanner's own name of this scan: a retry gets the first answer.</summary>
    public string? Nonce { get; init; }

    /// <summary>The person who scanned; null for keys.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The API key that scanned; null for people.</summary>
    public Guid? ApiKeyId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
