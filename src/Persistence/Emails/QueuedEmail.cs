using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Emails;

/// <summary>
/// An email to the buyer of an order, still to be sent. Address and text are read from the order
/// when it is sent, so that nothing personal is copied here.
/// </summary>
public sealed class QueuedEmail : ITenantOwned
{
    public required Guid Id { get; init; }

    public Guid OrganizationId { get; set; }

    /// <summary>Always true: test orders send no email.</summary>
    public bool Livemode { get; set; }

    public required EmailKind Kind { get; init; }

    public required Guid OrderId { get; init; }

    /// <summary>What was refunded; null for the other kinds.</summary>
    public Guid? RefundId { get; init; }

    /// <summary>
    /// When it is due, or when the sender's claim on it ends; null once it was sent
    /// or given up.
    /// </summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What an email to a buyer is about.</summary>
public enum EmailKind
{
    OrderConfirmed,
    OrderRefunded,
    EventCancelled,
}
