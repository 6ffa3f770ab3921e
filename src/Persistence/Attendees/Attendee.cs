using System.ComponentModel;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Tenancy;
using Equaticket.Persistence.TicketTypes;

namespace Equaticket.Persistence.Attendees;

/// <summary>A ticket and its holder. Created when its order is confirmed.</summary>
public sealed class Attendee : TenantEntity, IChangingRow
{
    public required Guid EventId { get; init; }

    public required Guid OrderId { get; init; }

    /// <summary>Copied from the order, so that lists need no join.</summary>
    public required long OrderNumber { get; init; }

    public required Guid TicketTypeId { get; init; }

    /// <summary>The ticket type's name when the ticket was bought.</summary>
    public required string TicketTypeName { get; init; }

    /// <summary>8 characters of <c>A-Z0-9</c> without 0 O 1 I, unique in the organization.</summary>
    public required string TicketCode { get; init; }

    public AttendeeStatus Status { get; set; } = AttendeeStatus.Valid;

    /// <summary>Null once the buyer's data is removed.</summary>
    public string? Name { get; set; }

    /// <summary>Null once the buyer's data is removed.</summary>
    public string? Email { get; set; }

    /// <summary>The email address in the form used for lookups, which ignores case.</summary>
    public string? EmailKey { get; set; }

    /// <summary>The price on the ticket, in the currency's smallest unit.</summary>
    public required long Price { get; init; }

    /// <summary>The amount paid after any discount, which a refund returns.</summary>
    public required long AmountPaid { get; init; }

    public required string Currency { get; init; }

    /// <summary>The ticket's refund, set when it is requested.</summary>
    public Guid? RefundId { get; set; }

    /// <summary>Whether the ticket was scanned; derived from <see cref="CheckedInAt"/>.</summary>
    public bool CheckedIn { get; private set; }

    public DateTimeOffset? CheckedInAt { get; set; }

    /// <summary>Starts at 1; incremented on each change.</summary>
    public int Version { get; set; } = 1;

    public required DateTimeOffset UpdatedAt { get; set; }

    public Order? Order { get; }

    public TicketType? TicketType { get; }
}

/// <summary>Whether a ticket is accepted at the door.</summary>
[Description("The status of a ticket.")]
public enum AttendeeStatus
{
    [Description("Admits its holder, once.")]
    Valid,

    [Description("Refunded; its place can be sold again.")]
    Refunded,

    [Description("Void because its payment was lost in a dispute.")]
    Void,
}
