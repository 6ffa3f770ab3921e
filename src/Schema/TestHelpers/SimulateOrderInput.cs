using Equaticket.Engine.Input;
using Equaticket.Schema.Checkout;
using GraphQL.Types;

namespace Equaticket.Schema.TestHelpers;

/// <summary>What the buyer of a simulated order wants, and how the payment goes.</summary>
public sealed record SimulateOrderInput
{
    public required string EventId { get; init; }

    public required string BuyerName { get; init; }

    public required string BuyerEmail { get; init; }

    public required IReadOnlyList<SimulateOrderItemInput> Items { get; init; }

    public SimulatedPayment? Payment { get; init; }

    internal CartRequest ToRequest() => new(
        EventId, BuyerName, BuyerEmail, [.. Items.Select(item => item.ToRequest())]);
}

/// <summary>So many tickets of one type.</summary>
public sealed record SimulateOrderItemInput
{
    public required string TicketTypeId { get; init; }

    public required int Quantity { get; init; }

    internal CartRequestItem ToRequest() => new(TicketTypeId, Quantity, []);
}

public sealed class SimulateOrderInputGraphType : InputObjectGraphType<SimulateOrderInput>
{
    public SimulateOrderInputGraphType()
    {
        Name = "SimulateOrderInput";
        Description = "What the buyer of a simulated order wants, and how the payment goes.";
        this.Add<NonNullGraphType<IdGraphType>>(
            "eventId", "The test event, which must be on sale.");
        this.AddBuyer();
        this.Add<NonNullGraphType<ListGraphType<NonNullGraphType<SimulateOrderItemInputGraphType>>>>(
            "items", "The tickets: 1 to 20 types, and at most 100 tickets in all.")
            .HasItems(1, CartReader.MaxItems);
        this.Add<WireEnumGraphType<SimulatedPayment>>(
            "payment", "How the payment goes; it succeeds when left out.");
    }
}

public sealed class SimulateOrderItemInputGraphType : InputObjectGraphType<SimulateOrderItemInput>
{
    public SimulateOrderItemInputGraphType()
    {
        Name = "SimulateOrderItemInput";
        Description = "So many tickets of one type.";
        this.AddItem();
    }
}
