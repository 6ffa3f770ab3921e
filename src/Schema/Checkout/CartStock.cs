using Equaticket.Schema.Errors;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Orders;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Checkout;

/// <summary>Takes the stock of a cart, and says what is left where it is too little.</summary>
internal static class CartStock
{
    /// <remarks>
    /// Whether there is enough was read without a lock, so that buyers of a sold-out event wait for
    /// nobody. Who loses a race after that runs again and then sees the shortage.
    /// </remarks>
    /// <exception cref="ApiError">There are too few of a type; the message tells how many.</exception>
    public static async Task HoldAsync(
        OperationContext operation, Cart cart, CancellationToken cancellationToken)
    {
        var isShort = FindShort(cart, line => line.Type.QuantityAvailable) is not null;
        if (isShort)
            await HoldExpiry.MakeRoomAsync(operation, cart.Event.Id, cart.TypeIds, cancellationToken);
        if (await Stock.HoldAsync(operation.Database, cart.Quantities, cancellationToken))
            return;
        operation.IsRetryable = !isShort;
        throw await RefusalAsync(operation, cart, cancellationToken);
    }

    private static async Task<ApiError> RefusalAsync(
        OperationContext operation, Cart cart, CancellationToken cancellationToken)
    {
        var left = await operation.Database.TicketTypes
            .Where(type => cart.TypeIds.Contains(type.Id))
            .ToDictionaryAsync(type => type.Id, type => type.QuantityAvailable, cancellationToken);
        return FindShort(cart, line => left.GetValueOrDefault(line.Type.Id)) is var (index, count)
            ? ApiError.Unprocessable(
                $"{count} of \"{cart.Lines[index].Type.Name}\" are left.",
                $"items[{index}].quantity")
            : ApiError.Unprocessable("Others took these tickets meanwhile. Try again.", "items");
    }

    private static (int Index, int Count)? FindShort(Cart cart, Func<CartLine, int?> available)
    {
        for (var index = 0; index < cart.Lines.Count; index++)
        {
            if (available(cart.Lines[index]) is { } count && count < cart.Lines[index].Quantity)
                return (index, count);
        }

        return null;
    }
}
