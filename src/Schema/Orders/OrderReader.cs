using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Execution;

namespace Equaticket.Schema.Orders;

/// <summary>Reads orders of the caller's organization and mode.</summary>
internal static class OrderReader
{
    private static readonly RowQuery<Order> ById =
        new("SELECT {columns} FROM {table} AS r WHERE {tenant} AND r.id = $3");

    /// <exception cref="ApiError">The caller has no order with this id.</exception>
    public static async Task<Order> GetAsync(
        OperationContext operation, Guid id, CancellationToken cancellationToken) =>
        await ById.FirstAsync(operation.Database, [RowQuery.Value(id)], cancellationToken)
        ?? throw ApiError.NotFound("order");
}
