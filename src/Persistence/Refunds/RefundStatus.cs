using System.ComponentModel;

namespace Equaticket.Persistence.Refunds;

/// <summary>What became of a refund.</summary>
[Description("What became of a refund.")]
public enum RefundStatus
{
    [Description("Asked for; the money is not back yet.")]
    Pending,

    [Description("The money is on its way back to the buyer.")]
    Succeeded,

    [Description("The provider could not make it; tickets that were not taken back yet are valid again.")]
    Failed,
}
