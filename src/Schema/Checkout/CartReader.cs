using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using Equaticket.Persistence;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.TicketTypes;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema.Checkout;

/// <summary>Loads the rows that a buyer's request refers to.</summary>
public static class CartReader
{
    /// <summary>The maximum number of tickets per checkout.</summary>
    public const int MaxTickets = 100;

    /// <summary>The maximum number of ticket types per checkout.</summary>
    public const int MaxItems = 20;

    private static readonly RowQuery<TicketType> TypesOf =
        RowQuery<TicketType>.Where("r.event_id = $3 AND r.id = ANY ($4)");

    private static readonly RowQuery<Event> EventOf = RowQuery<Event>.Where("r.id = $3");

    /// <summary>Reads the ticket types, and their event, which is protected from removal in test mode.</summary>
    /// <remarks>
    /// The event comes last: cancelling it changes the version of its ticket types in the same transaction, so whoever
    /// sees the new versions also sees that it is cancelled.
    /// </remarks>
    internal static FirstRead RowsOf(CartRequest request) => new(
        batch =>
        {
            var tenant = batch.Database.Tenant!.Value;
            batch.Add(RowLocks.KeepTestEvent, tenant.OrganizationId, tenant.Livemode, request.EventId);
            TypesOf.AddTo(batch, request.EventId, request.Items.Select(item => item.TicketTypeId).ToArray());
            EventOf.AddTo(batch, request.EventId);
        },
        async (results, token) =>
        {
            await results.NextResultAsync(token);
            var types = await TypesOf.ReadAsync(results, token);
            await results.NextResultAsync(token);
            var events = await EventOf.ReadAsync(results, token);
            return new CartRows(request, events.SingleOrDefault(), types.ToDictionary(type => type.Id));
        });

    /// <exception cref="ApiError">The request is malformed, or refers to something that does not exist.</exception>
    internal static Cart Assemble(CartRows rows)
    {
        var items = rows.Request.Items;
        RequireBounds(items);
        var row = rows.Event ?? throw ApiError.NotFound("event").WithParam("eventId");
        return new Cart(row, [.. items.Select((item, index) =>
            rows.Types.TryGetValue(item.TicketTypeId, out var type)
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

/// <summary>The rows that a request refers to, as far as they exist.</summary>
internal sealed record CartRows(CartRequest Request, Event? Event, Dictionary<Guid, TicketType> Types);

/// <summary>Marks a mutation that first reads the rows of the cart in its argument <c>input</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReadsCartAttribute : GraphQLAttribute
{
    public override void Modify(FieldType fieldType, bool isInputType) =>
        fieldType.WithMetadata(FirstRead.Key, (MakeFirstRead)(
            arguments => arguments.TryGetValue("input", out var input) && input.Value is ICartInput cart
                ? CartReader.RowsOf(cart.ToRequest())
                : null));
}
