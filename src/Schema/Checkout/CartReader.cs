using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using Equaticket.Persistence;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Checkout;

/// <summary>Loads the rows that a buyer's request refers to.</summary>
public static class CartReader
{
    /// <summary>The maximum number of tickets per checkout.</summary>
    public const int MaxTickets = 100;

    /// <summary>The maximum number of ticket types per checkout.</summary>
    public const int MaxItems = 20;

    /// <exception cref="ApiError">The request is malformed, or refers to something that does not exist.</exception>
    internal static async Task<Cart> ReadAsync(
        EquaticketDbContext database, CartRequest request, CancellationToken cancellationToken)
    {
        RequireBounds(request.Items);
        var row = await RowLocks.KeepEvent(database, request.EventId).SingleOrDefaultAsync(cancellationToken)
            ?? throw ApiError.NotFound("event").WithParam("eventId");
        var ids = request.Items.Select(item => item.TicketTypeId).ToList();
        var types = await database.TicketTypes
            .Where(type => type.EventId == row.Id && ids.Contains(type.Id))
            .ToDictionaryAsync(type => type.Id, cancellationToken);
        return new Cart(row, [.. request.Items.Select((item, index) =>
            types.TryGetValue(ids[index], out var type)
                ? new CartLine(type, item.Quantity, item.Named)
                : throw ApiError.NotFound("ticket type").WithParam($"items[{index}].ticketTypeId"))]);
    }

    private static void RequireBounds(IReadOnlyList<CartRequestItem> items)
    {
        var seen = new HashSet<Guid>();
        for (var index = 0; index < items.Count; index++)
        {
            if (!seen.Add(items[index].TicketTypeId) && items[index].TicketTypeId != Ids.Malformed)
            {
                throw ApiError.Validation(
                    $"items[{index}].ticketTypeId", "List each ticket type only once.");
            }

            if (items[index].Named.Count > items[index].Quantity)
            {
                throw ApiError.Validation(
                    $"items[{index}].attendees", "There are more attendees than tickets.");
            }
        }

        if (items.Sum(item => (long)item.Quantity) > MaxTickets)
            throw ApiError.Validation("items", $"An order can have at most {MaxTickets} tickets.");
    }
}
