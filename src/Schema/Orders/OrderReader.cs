using Equaticket.Engine.Errors;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Reading;

namespace Equaticket.Schema.Orders;

/// <summary>Reads orders of the caller's organization and mode.</summary>
internal static class OrderReader
{
    public static RowSource<Order, Order> Rows { get; } = RowSource.Of<Order>();

    public static ChildList<Order, Order> OfEvents { get; } = new(Rows, order => order.EventId);

    /// <exception cref="ApiError">The caller has no order with this id.</exception>
    public static async Task<Order> GetAsync(
        OperationContext operation, Guid id, CancellationToken cancellationToken) =>
        await SourceQuery<Order>.Instance.FindAsync(operation, id, cancellationToken)
        ?? throw ApiError.NotFound("order");
}
