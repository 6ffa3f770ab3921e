using System.ComponentModel;

namespace Equaticket.Schema.TestHelpers;

/// <summary>The outcome of a simulated payment.</summary>
[Description("The outcome of a simulated order's payment.")]
public enum SimulatedPayment
{
    [Description("The payment succeeds and the order is confirmed.")]
    Succeeds,

    [Description("The payment and the order fail, and the tickets can be sold again.")]
    Fails,
}
