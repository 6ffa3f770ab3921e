using System.ComponentModel;

namespace Equaticket.Persistence.Payments;

/// <summary>Who takes a payment.</summary>
[Description("Who takes a payment.")]
public enum PaymentProvider
{
    [Description("Stripe, on the organization's connected account.")]
    Stripe,

    [Description("The built-in test payment, which moves no money.")]
    Test,
}
