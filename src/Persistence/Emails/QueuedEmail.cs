using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Emails;

/// <summary>
/// An email to the buyer of an order, still to be sent. The address and text are read from the order at send time, so
/// that no personal data is copied here.
/// </summary>
public sealed class QueuedEmail : ITenantOwned
{
    public required Guid Id { get; init; }

    public Guid OrganizationId { get; set; }

    /// <summary>Always true: test orders do not send email.</summary>
    public bool Livemode { get; set; }

    public required EmailKind Kind { get; init; }

    public required Guid OrderId { get; init; }

    /// <summary>The refund; null for the other kinds.</summary>
    public Guid? RefundId { get; init; }

    /// <summary>When the email is due, or when the sender's claim ends; null after it was sent or given up.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>The kind of an email to a buyer.</summary>
public enum EmailKind
{
    OrderConfirmed,
    OrderRefunded,
    EventCancelled,
}
