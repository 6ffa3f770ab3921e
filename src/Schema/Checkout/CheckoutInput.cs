using Equaticket.Engine.Input;
using Equaticket.Persistence.Orders;
using GraphQL.Types;

namespace Equaticket.Schema.Checkout;

/// <summary>The tickets a buyer wants to buy for one event.</summary>
public sealed record CheckoutInput : ICartInput
{
    public required Guid EventId { get; init; }

    public required string BuyerName { get; init; }

    public required string BuyerEmail { get; init; }

    public required IReadOnlyList<CheckoutItemInput> Items { get; init; }

    /// <summary>Used only by the built-in test payment.</summary>
    public string? PaymentMethod { get; init; }

    CartRequest ICartInput.ToRequest() => new(
        EventId, BuyerName, BuyerEmail, [.. Items.Select(item => item.ToRequest())]);
}

/// <summary>A number of tickets of one type.</summary>
public sealed record CheckoutItemInput
{
    public required Guid TicketTypeId { get; init; }

    public required int Quantity { get; init; }

    /// <summary>The attendees of the first tickets; the remaining tickets are for the buyer.</summary>
    public IReadOnlyList<CheckoutAttendeeInput>? Attendees { get; init; }

    internal CartRequestItem ToRequest() => new(
        TicketTypeId,
        Quantity,
        [.. (Attendees ?? []).Select(named => new NamedAttendee(named.Name, named.Email))]);
}

/// <summary>The attendee that a ticket is for.</summary>
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
        Description = "The tickets to buy for one event, and their buyer.";
        this.Add<NonNullGraphType<IdGraphType>>("eventId", "The ID of the event, which must be on sale.");
        this.AddBuyer();
        this.Add<NonNullGraphType<ListGraphType<NonNullGraphType<CheckoutItemInputGraphType>>>>(
            "items", "The tickets to buy: 1 to 20 ticket types, at most 100 tickets in total.")
            .HasItems(1, CartReader.MaxItems);
        this.Add<StringGraphType>(
                "paymentMethod",
                "The payment method of the built-in test payment, for a test event without Stripe test "
                + "keys: `pm_card_visa` (the default) succeeds, `pm_card_chargeDeclined` is declined. "
                + "Ignored otherwise.")
            .HasLength(1, 100);
    }
}

public sealed class CheckoutItemInputGraphType : InputObjectGraphType<CheckoutItemInput>
{
    public CheckoutItemInputGraphType()
    {
        Name = "CheckoutItemInput";
        Description = "A number of tickets of one type.";
        this.AddItem();
        this.Add<ListGraphType<NonNullGraphType<CheckoutAttendeeInputGraphType>>>(
            "attendees",
            "The attendees that the tickets are for, one per ticket; any remaining tickets are for the buyer.");
    }
}

public sealed class CheckoutAttendeeInputGraphType : InputObjectGraphType<CheckoutAttendeeInput>
{
    public CheckoutAttendeeInputGraphType()
    {
        Name = "CheckoutAttendeeInput";
        Description = "The attendee that a ticket is for. Omitted fields default to the buyer's.";
        this.Add<StringGraphType>("name", "The name on the ticket.").HasLength(0, 200);
        this.Add<StringGraphType>("email", "The attendee's email address.")
            .HasFormat(TextFormats.Email);
    }
}
