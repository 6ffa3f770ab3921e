using System.ComponentModel;
using Equaticket.Engine.Input;
using Equaticket.Schema.Checkout;
using GraphQL.Types;

namespace Equaticket.Schema.TestHelpers;

/// <summary>The tickets and buyer of a simulated order, and the outcome of its payment.</summary>
public sealed record SimulateOrderInput : CartInput<CartItemInput>
{
    public SimulatedPayment? Payment { get; init; }
}

public sealed class SimulateOrderInputGraphType : InputObjectGraphType<SimulateOrderInput>
{
    public SimulateOrderInputGraphType()
    {
        Name = "SimulateOrderInput";
        Description = "The tickets and buyer of a simulated order, and the outcome of its payment.";
        this.AddCart<SimulateOrderItemInputGraphType>("The ID of the test event, which must be on sale.");
        this.Add<WireEnumGraphType<SimulatedPayment>>(
            "payment", "The outcome of the payment. If omitted, the payment succeeds.");
    }
}

public sealed class SimulateOrderItemInputGraphType : InputObjectGraphType<CartItemInput>
{
    public SimulateOrderItemInputGraphType()
    {
        Name = "SimulateOrderItemInput";
        Description = "A number of tickets of one type.";
        this.AddItem();
    }
}

/// <summary>The outcome of a simulated payment.</summary>
[Description("The outcome of a simulated order's payment.")]
public enum SimulatedPayment
{
    [Description("The payment succeeds and the order is confirmed.")]
    Succeeds,

    [Description("The payment and the order fail, and the tickets can be sold again.")]
    Fails,
}
