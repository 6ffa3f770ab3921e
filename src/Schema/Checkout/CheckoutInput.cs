using Equaticket.Engine.Input;
using Equaticket.Persistence.Orders;
using GraphQL.Types;

namespace Equaticket.Schema.Checkout;

/// <summary>The tickets a buyer wants to buy for one event.</summary>
public sealed record CheckoutInput : CartInput<CheckoutItemInput>
{
    /// <summary>Used only by the built-in test payment.</summary>
    public string? PaymentMethod { get; init; }
}

/// <summary>A number of tickets of one type.</summary>
public sealed record CheckoutItemInput : CartItemInput
{
    /// <summary>The attendees of the first tickets; the remaining tickets are for the buyer.</summary>
    public IReadOnlyList<CheckoutAttendeeInput>? Attendees { get; init; }

    internal override CartRequestItem ToRequest() => base.ToRequest() with
    {
        Named = [.. (Attendees ?? []).Select(named => new NamedAttendee(named.Name, named.Email))],
    };
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
        this.AddCart<CheckoutItemInputGraphType>("The ID of the event, which must be on sale.");
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
