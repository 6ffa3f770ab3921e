using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Reading;
using GraphQL.Types;

namespace Equaticket.Schema.Orders;

/// <summary>Filters a list of orders. All given conditions must match.</summary>
public sealed record OrderFilter
{
    public OrderStatus? Status { get; init; }

    public string? BuyerEmail { get; init; }

    public Guid? EventId { get; init; }

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
            orders = orders.Where(o => o.EventId == eventId);
        if (OrderNumber is { } number)
            orders = orders.Where(o => o.Number == OrderNumbers.Read(number));
        return orders.CreatedWithin(CreatedAfter, CreatedBefore);
    }
}

public sealed class OrderFilterGraphType : InputObjectGraphType<OrderFilter>
{
    public OrderFilterGraphType()
    {
        Name = "OrderFilter";
        Description = "The filter of a list of orders. Orders must match all given conditions.";
        this.Add<WireEnumGraphType<OrderStatus>>("status", "Orders with this status.");
        this.Add<StringGraphType>(
            "buyerEmail",
            "Orders of the buyer with exactly this email address (case-insensitive).");
        this.Add<IdGraphType>(
            "eventId", "Orders for this event. An ID unknown to your organization matches nothing.");
        this.Add<StringGraphType>(
            "orderNumber",
            "The order with this number, such as `EQ-1001` (case-insensitive).");
        this.Add<UtcDateTimeGraphType>("createdAfter", "Orders created at or after this time.");
        this.Add<UtcDateTimeGraphType>("createdBefore", "Orders created before this time.");
        this.Add<UtcDateTimeGraphType>(
            "updatedSince", "Orders updated at or after this time. When polling, overlap by 60 seconds.");
    }
}
