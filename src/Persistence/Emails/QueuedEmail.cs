using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Emails;

/// <summary>
/// An email to the buyer of a live order, still to be sent. The address and text are read from the order at send time,
/// so that no personal data is copied here.
/// </summary>
public sealed class QueuedEmail : TenantEntity
{
    public required EmailKind Kind { get; init; }

    public required Guid OrderId { get; init; }

    /// <summary>The refund; null for the other kinds.</summary>
    public Guid? RefundId { get; init; }

    /// <summary>When the email is due, or when the sender's claim ends; null after it was sent or given up.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset? SentAt { get; set; }
}

/// <summary>The kind of an email to a buyer.</summary>
public enum EmailKind
{
    OrderConfirmed,
    OrderRefunded,
    EventCancelled,
}
