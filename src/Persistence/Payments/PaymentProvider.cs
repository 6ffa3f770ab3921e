using System.ComponentModel;

namespace Equaticket.Persistence.Payments;

/// <summary>Who processes a payment.</summary>
[Description("The provider that processes a payment.")]
public enum PaymentProvider
{
    [Description("Stripe, through the organization's connected account.")]
    Stripe,

    [Description("The built-in test provider, which moves no money.")]
    Test,
}
