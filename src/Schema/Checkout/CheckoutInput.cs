using Equaticket.Engine.Input;
using Equaticket.Persistence.Orders;
using GraphQL.Types;

namespace Equaticket.Schema.Checkout;

/// <summary>What a buyer wants of one event.</summary>
public sealed record CheckoutInput
{
    public required string EventId { get; init; }

    public required string BuyerName { get; init; }

    public required string BuyerEmail { get; init; }

    public required IReadOnlyList<CheckoutItemInput> Items { get; init; }

    /// <summary>Only for the built-in test payment.</summary>
    public string? PaymentMethod { get; init; }

    internal CartRequest ToRequest() => new(
        EventId, BuyerName, BuyerEmail, [.. Items.Select(item => item.ToRequest())]);
}

/// <summary>So many tickets of one type.</summary>
public sealed record CheckoutItemInput
{
    public required string TicketTypeId { get; init; }

    public required int Quantity { get; init; }

    /// <summary>Who the first tickets are for; the rest is the buyer's.</summary>
    public IReadOnlyList<CheckoutAttendeeInput>? Attendees { get; init; }

    internal CartRequestItem ToRequest() => new(
        TicketTypeId,
        Quantity,
        [.. (Attendees ?? []).Select(named => new NamedAttendee(named.Name, named.Email))]);
}

/// <summary>Who a ticket is for.</summary>
public sealed record CheckoutAttendeeInput
{
    public string? Name { get; init; }

    public string? Email { get; init; }
}

public sealed class CheckoutInputGraphType : InputObjectGraphType<CheckoutInput>
{
    public CheckoutInputGraphType()
    {
        Name = "CheckoutInput";
        Description = "What a buyer wants of one event.";
        this.Add<NonNullGraphType<IdGraphType>>("eventId", "The event, which must be on sale.");
        this.AddBuyer();
        this.Add<NonNullGraphType<ListGraphType<NonNullGraphType<CheckoutItemInputGraphType>>>>(
            "items", "The tickets: 1 to 20 types, and at most 100 tickets in all.")
            .HasItems(1, CartReader.MaxItems);
        this.Add<StringGraphType>(
                "paymentMethod",
                "How the built-in test payment is to go, for a test event without Stripe test keys: "
                + "`pm_card_visa` (which it is when left out) succeeds, `pm_card_chargeDeclined` is "
                + "declined. Not read elsewhere.")
            .HasLength(1, 100);
    }
}

public sealed class CheckoutItemInputGraphType : InputObjectGraphType<CheckoutItemInput>
{
    public CheckoutItemInputGraphType()
    {
        Name = "CheckoutItemInput";
        Description = "So many tickets of one type.";
        this.AddItem();
        this.Add<ListGraphType<NonNullGraphType<CheckoutAttendeeInputGraphType>>>(
            "attendees",
            "Who the tickets are for, one after another; those that are not named are the buyer's.");
    }
}

public sealed class CheckoutAttendeeInputGraphType : InputObjectGraphType<CheckoutAttendeeInput>
{
    public CheckoutAttendeeInputGraphType()
    {
        Name = "CheckoutAttendeeInput";
        Description = "Who a ticket is for. What is left out is the buyer's.";
        this.Add<StringGraphType>("name", "The name on the ticket.").HasLength(0, 200);
        this.Add<StringGraphType>("email", "The address of its holder.")
            .HasFormat(TextFormats.Email);
    }
}
