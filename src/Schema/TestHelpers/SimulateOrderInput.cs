using System.ComponentModel;
using Equaticket.Engine.Input;
using Equaticket.Schema.Checkout;
using GraphQL.Types;

namespace Equaticket.Schema.TestHelpers;

/// <summary>The tickets and buyer of a simulated order, and the outcome of its payment.</summary>
public sealed record SimulateOrderInput : ICartInput
{
    public required Guid EventId { get; init; }

    public required string BuyerName { get; init; }

    public required string BuyerEmail { get; init; }

    public required IReadOnlyList<SimulateOrderItemInput> Items { get; init; }

    public SimulatedPayment? Payment { get; init; }

    CartRequest ICartInput.ToRequest() => new(
        EventId, BuyerName, BuyerEmail, [.. Items.Select(item => item.ToRequest())]);
}

/// <summary>A number of tickets of one type.</summary>
public sealed record SimulateOrderItemInput
{
    public required Guid TicketTypeId { get; init; }

    public required int Quantity { get; init; }

    internal CartRequestItem ToRequest() => new(TicketTypeId, Quantity, []);
}

public sealed class SimulateOrderInputGraphType : InputObjectGraphType<SimulateOrderInput>
{
    public SimulateOrderInputGraphType()
    {
        Name = "SimulateOrderInput";
        Description = "The tickets and buyer of a simulated order, and the outcome of its payment.";
        this.Add<NonNullGraphType<IdGraphType>>(
            "eventId", "The ID of the test event, which must be on sale.");
        this.AddBuyer();
        this.Add<NonNullGraphType<ListGraphType<NonNullGraphType<SimulateOrderItemInputGraphType>>>>(
            "items", "The tickets to buy: 1 to 20 ticket types, at most 100 tickets in total.")
            .HasItems(1, CartReader.MaxItems);
        this.Add<WireEnumGraphType<SimulatedPayment>>(
            "payment", "The outcome of the payment. If omitted, the payment succeeds.");
    }
}

public sealed class SimulateOrderItemInputGraphType : InputObjectGraphType<SimulateOrderItemInput>
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
