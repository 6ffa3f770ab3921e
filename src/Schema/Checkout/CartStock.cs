using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Orders;
using Equaticket.Schema.TicketTypes;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Checkout;

/// <summary>Takes the stock of a cart, and reports how many tickets are left if there are too few.</summary>
internal static class CartStock
{
    /// <summary>
    /// Checks without a lock whether there are enough tickets, so that buyers of a sold-out event neither wait nor
    /// leave anything behind. Expires overdue checkouts to make room; if other requests are expiring them at the
    /// moment, requests a retry.
    /// </summary>
    /// <exception cref="ApiError">
    /// There are too few tickets of a type; the message says how many are left.
    /// </exception>
    public static async Task RequireRoomAsync(
        OperationContext operation, WriteTransaction write, Cart cart, CancellationToken cancellationToken)
    {
        if (Shortage(cart, line => line.Type.QuantityAvailable) is null)
            return;
        await HoldExpiry.MakeRoomAsync(operation, cart.Event.Id, cart.TypeIds, cancellationToken);
        if (await ShortageAsync(operation, cart, cancellationToken) is not { } shortage)
            return;
        write.Attempt.RunAgain = await HoldExpiry.IsAnyDueAsync(
            operation, cart.Event.Id, cancellationToken);
        throw shortage;
    }

    /// <summary>Saves the order of the cart, which was added to the context, and holds its tickets.</summary>
    /// <exception cref="ApiError">Another buyer was faster.</exception>
    public static async Task HoldAsync(
        OperationContext operation, WriteTransaction write, Cart cart, CancellationToken cancellationToken)
    {
        await using var batch = new StatementBatch(operation.Database);
        batch.AddInserts();
        if (await Stock.HoldAsync(batch, cart.Event.Id, cart.Quantities, cancellationToken) is null)
            throw await LostRaceAsync(operation, write, cart, cancellationToken);
    }

    /// <summary>Saves the order of the cart, which was added to the context, and sells its tickets.</summary>
    /// <returns>Whether a type is now sold out.</returns>
    /// <exception cref="ApiError">Another buyer was faster.</exception>
    public static async Task<bool> SellAsync(
        OperationContext operation, WriteTransaction write, Cart cart, CancellationToken cancellationToken)
    {
        await using var batch = new StatementBatch(operation.Database);
        batch.AddInserts();
        return await Stock.SellAsync(batch, cart.Event.Id, cart.Quantities, cancellationToken)
            ?? throw await LostRaceAsync(operation, write, cart, cancellationToken);
    }

    /// <remarks>
    /// A retry helps if there are enough tickets after all, if a checkout has expired, or if the event was cancelled
    /// or a type removed in the meantime, so that the buyer gets the right error.
    /// </remarks>
    private static async Task<ApiError> LostRaceAsync(
        OperationContext operation, WriteTransaction write, Cart cart, CancellationToken cancellationToken)
    {
        var shortage = await ShortageAsync(operation, cart, cancellationToken);
        write.Attempt.RunAgain = shortage is null
            || await HoldExpiry.IsAnyDueAsync(operation, cart.Event.Id, cancellationToken);
        return shortage
            ?? ApiError.Unprocessable("Another buyer has just taken these tickets. Try again.", "items");
    }

    private static async Task<ApiError?> ShortageAsync(
        OperationContext operation, Cart cart, CancellationToken cancellationToken)
    {
        var left = await operation.Database.TicketTypes
            .Where(type => cart.TypeIds.Contains(type.Id))
            .ToDictionaryAsync(type => type.Id, type => type.QuantityAvailable, cancellationToken);
        return Shortage(cart, line => left.GetValueOrDefault(line.Type.Id));
    }

    private static ApiError? Shortage(Cart cart, Func<CartLine, int?> available)
    {
        for (var index = 0; index < cart.Lines.Count; index++)
        {
            var line = cart.Lines[index];
            if (available(line) is { } left && left < line.Quantity)
            {
                return ApiError.Unprocessable(
                    $"{left} of \"{line.Type.Name}\" {(left == 1 ? "is" : "are")} left.", $"items[{index}].quantity");
            }
        }

        return null;
    }
}
