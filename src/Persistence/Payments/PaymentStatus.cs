using System.ComponentModel;

namespace Equaticket.Persistence.Payments;

/// <summary>The status of a payment.</summary>
[Description("The status of a payment.")]
public enum PaymentStatus
{
    [Description("Requested but not yet completed.")]
    Pending,

    [Description("Completed. It may have been refunded since.")]
    Succeeded,

    [Description("Permanently declined.")]
    Failed,

    [Description("Cancelled before it was completed.")]
    Cancelled,
}

/// <summary>The provider that processes a payment.</summary>
[Description("The provider that processes a payment.")]
public enum PaymentProvider
{
    [Description("Stripe, through the organization's connected account.")]
    Stripe,

    [Description("The built-in test provider, which moves no money.")]
    Test,
}
