using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Orders;

/// <summary>Reads orders of the caller's organization and mode.</summary>
internal static class OrderReader
{
    private static readonly Func<EquaticketDbContext, Guid, CancellationToken, Task<Order?>>
        FindById = EF.CompileAsyncQuery(
            (EquaticketDbContext database, Guid id, CancellationToken _) =>
                database.Orders.SingleOrDefault(order => order.Id == id));

    /// <exception cref="ApiError">The caller has no order with this id.</exception>
    public static async Task<Order> GetAsync(
        OperationContext operation, Guid id, CancellationToken cancellationToken) =>
        await FindById(operation.Database, id, cancellationToken) ?? throw ApiError.NotFound("order");
}
