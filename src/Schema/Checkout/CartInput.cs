using Equaticket.Engine.Input;
using GraphQL.Types;

namespace Equaticket.Schema.Checkout;

/// <summary>The tickets a buyer wants to buy for one event.</summary>
public abstract record CartInput<TItem> : ICartInput
    where TItem : CartItemInput
{
    public required Guid EventId { get; init; }

    public required string BuyerName { get; init; }

    public required string BuyerEmail { get; init; }

    public required IReadOnlyList<TItem> Items { get; init; }

    CartRequest ICartInput.ToRequest() => new(
        EventId, BuyerName, BuyerEmail, [.. Items.Select(item => item.ToRequest())]);
}

/// <summary>A number of tickets of one type.</summary>
public record CartItemInput
{
    public required Guid TicketTypeId { get; init; }

    public required int Quantity { get; init; }

    internal virtual CartRequestItem ToRequest() => new(TicketTypeId, Quantity, []);
}

/// <summary>The fields of these inputs.</summary>
internal static class CartInputFields
{
    /// <typeparam name="TItem">The type of the items.</typeparam>
    /// <param name="type">The input to add the fields to.</param>
    /// <param name="eventId">The description of the event in this input.</param>
    public static void AddCart<TItem>(this IInputObjectGraphType type, string eventId)
        where TItem : IGraphType
    {
        type.Add<NonNullGraphType<IdGraphType>>("eventId", eventId);
        type.Add<NonNullGraphType<StringGraphType>>("buyerName", "The buyer's name.").HasLength(1, 200);
        type.Add<NonNullGraphType<StringGraphType>>("buyerEmail", "The email address to send the tickets to.")
            .HasFormat(TextFormats.Email);
        type.Add<NonNullGraphType<ListGraphType<NonNullGraphType<TItem>>>>(
            "items", "The tickets to buy: 1 to 20 ticket types, at most 100 tickets in total.")
            .HasItems(1, CartReader.MaxItems);
    }

    public static void AddItem(this IInputObjectGraphType type)
    {
        type.Add<NonNullGraphType<IdGraphType>>("ticketTypeId", "The ID of a ticket type of the event.");
        type.Add<NonNullGraphType<IntGraphType>>("quantity", "The number of tickets.")
            .HasRange(1, 100);
    }
}
