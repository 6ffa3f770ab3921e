using Equaticket.Engine.Input;
using GraphQL.Types;

namespace Equaticket.Schema.Checkout;

/// <summary>The fields that a checkout and its simulation share.</summary>
internal static class CheckoutInputFields
{
    public static void AddBuyer(this IInputObjectGraphType type)
    {
        type.Add<NonNullGraphType<StringGraphType>>("buyerName", "Who buys.").HasLength(1, 200);
        type.Add<NonNullGraphType<StringGraphType>>("buyerEmail", "Where the tickets are sent.")
            .HasFormat(TextFormats.Email);
    }

    public static void AddItem(this IInputObjectGraphType type)
    {
        type.Add<NonNullGraphType<IdGraphType>>("ticketTypeId", "A ticket type of the event.");
        type.Add<NonNullGraphType<IntGraphType>>("quantity", "How many tickets.")
            .HasRange(1, 100);
    }
}
