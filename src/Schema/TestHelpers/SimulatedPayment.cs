using System.ComponentModel;

namespace Equaticket.Schema.TestHelpers;

/// <summary>How the payment of a simulated order goes.</summary>
[Description("How the payment of a simulated order goes.")]
public enum SimulatedPayment
{
    [Description("The order is confirmed.")]
    Succeeds,

    [Description("The order is failed, and its tickets can be sold again.")]
    Fails,
}
