using System.ComponentModel;

namespace Equaticket.Persistence.Refunds;

/// <summary>Why a refund came to be.</summary>
[Description("Why a refund came to be.")]
public enum RefundOrigin
{
    [Description("Asked for by an API key.")]
    Api,

    [Description("Asked for by a person of the organization.")]
    Dashboard,

    [Description("Made in Stripe.")]
    Stripe,

    [Description("The event was cancelled with refunds.")]
    Cancel,

    [Description("The payment came when its tickets could no longer be had.")]
    Late,
}
