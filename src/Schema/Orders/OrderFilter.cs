using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Reading;
using GraphQL.Types;

namespace Equaticket.Schema.Orders;

/// <summary>Which orders a list holds; the given conditions must all hold.</summary>
public sealed record OrderFilter
{
    public OrderStatus? Status { get; init; }

    public string? BuyerEmail { get; init; }

    public string? EventId { get; init; }

    public string? OrderNumber { get; init; }

    public DateTimeOffset? CreatedAfter { get; init; }

    public DateTimeOffset? CreatedBefore { get; init; }

    public DateTimeOffset? UpdatedSince { get; init; }

    /// <param name="all">All orders of the tenant.</param>
    public ListedRows<Order> Apply(IQueryable<Order> all)
    {
        var orders = UpdatedSince is { } updatedSince ? all.ChangedSince(updatedSince) : new(all);
        if (Status is { } status)
            orders = orders.Where(o => o.Status == status);
        if (BuyerEmail is { } email)
            orders = orders.Where(o => o.BuyerEmailKey == EmailKeys.Of(email));
        if (EventId is { } eventId)
            orders = orders.Where(o => o.EventId == FilterIds.Read(eventId));
        if (OrderNumber is { } number)
            orders = orders.Where(o => o.Number == OrderNumbers.Read(number));
        if (CreatedAfter is { } createdAfter)
            orders = orders.Where(o => o.CreatedAt >= createdAfter);
        if (CreatedBefore is { } createdBefore)
            orders = orders.Where(o => o.CreatedAt < createdBefore);
        return orders;
    }
}

public sealed class OrderFilterGraphType : InputObjectGraphType<OrderFilter>
{
    public OrderFilterGraphType()
    {
        Name = "OrderFilter";
        Description = "Which orders a list holds. The given conditions must all hold.";
        this.Add<WireEnumGraphType<OrderStatus>>("status", "Orders in this state.");
        this.Add<StringGraphType>(
            "buyerEmail",
            "Orders of the buyer with this address, the whole of it; letter case does not "
            + "matter.");
        this.Add<IdGraphType>(
            "eventId", "Orders for this event. An id that is not yours finds nothing.");
        this.Add<StringGraphType>(
            "orderNumber",
            "The order of this number, such as `EQ-1001`; letter case does not matter.");
        this.Add<DateTimeGraphType>("createdAfter", "Orders created then or later.");
        this.Add<DateTimeGraphType>("createdBefore", "Orders created earlier.");
        this.Add<DateTimeGraphType>(
            "updatedSince", "Orders changed then or later. When you poll, overlap by 60 seconds.");
    }
}
