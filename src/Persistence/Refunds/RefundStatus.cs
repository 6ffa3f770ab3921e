using System.ComponentModel;

namespace Equaticket.Persistence.Refunds;

/// <summary>The status of a refund.</summary>
[Description("The status of a refund.")]
public enum RefundStatus
{
    [Description("Requested; the money has not been returned yet.")]
    Pending,

    [Description("The money is on its way back to the buyer.")]
    Succeeded,

    [Description("The provider could not make the refund. Tickets not already marked as refunded are valid again.")]
    Failed,
}
