using Equaticket.Engine.Input;
using GraphQL.Types;

namespace Equaticket.Schema.Checkout;

/// <summary>The input fields shared by checkouts and simulated checkouts.</summary>
internal static class CheckoutInputFields
{
    public static void AddBuyer(this IInputObjectGraphType type)
    {
        type.Add<NonNullGraphType<StringGraphType>>("buyerName", "The buyer's name.").HasLength(1, 200);
        type.Add<NonNullGraphType<StringGraphType>>("buyerEmail", "The email address to send the tickets to.")
            .HasFormat(TextFormats.Email);
    }

    public static void AddItem(this IInputObjectGraphType type)
    {
        type.Add<NonNullGraphType<IdGraphType>>("ticketTypeId", "The ID of a ticket type of the event.");
        type.Add<NonNullGraphType<IntGraphType>>("quantity", "The number of tickets.")
            .HasRange(1, 100);
    }
}
