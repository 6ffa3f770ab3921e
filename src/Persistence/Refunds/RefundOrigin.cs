using System.ComponentModel;

namespace Equaticket.Persistence.Refunds;

/// <summary>Where a refund originated.</summary>
[Description("The origin of a refund.")]
public enum RefundOrigin
{
    [Description("Requested with an API key.")]
    Api,

    [Description("Requested by a member of the organization.")]
    Dashboard,

    [Description("Created in Stripe.")]
    Stripe,

    [Description("Created because the event was cancelled with refunds.")]
    Cancel,

    [Description("Created because the payment arrived after its tickets were no longer available.")]
    Late,
}
