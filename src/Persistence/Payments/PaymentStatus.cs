using System.ComponentModel;

namespace Equaticket.Persistence.Payments;

/// <summary>What is known of a payment.</summary>
[Description("What is known of a payment.")]
public enum PaymentStatus
{
    [Description("Asked for, not yet made.")]
    Pending,

    [Description("Made. It may have been refunded since.")]
    Succeeded,

    [Description("Declined for good.")]
    Failed,

    [Description("Called off before it was made.")]
    Cancelled,
}
