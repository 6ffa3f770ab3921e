using System.ComponentModel;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Paging;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Events;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Orders;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Query
{
    [RequiresScope(Scope.OrdersRead), RequiresRole(Role.EventManager), Paged]
    [OutputType<NonNullGraphType<ConnectionGraphType<OrderGraphType, Order>>>]
    [Description("List orders. Returns them newest first.")]
    public static Task<Connection<Order>> Orders(
        [InputType<OrderFilterGraphType>, Description("Only return orders that match this filter.")]
        OrderFilter? filter,
        [FromPageArguments] PageRequest page,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        (filter ?? new OrderFilter()).Apply(operation.Database.Orders)
            .ToPageAsync(operation, page, cancellationToken);

    [RequiresScope(Scope.OrdersRead), RequiresRole(Role.EventManager), Paged]
    [OutputType<NonNullGraphType<ConnectionGraphType<OrderGraphType, Order>>>]
    [Description("List the orders of an event. Returns them newest first. An unknown event is `not_found`.")]
    public static async Task<Connection<Order>> EventOrders(
        [Id, Description("The ID of the event.")] Guid eventId,
        [InputType<OrderFilterGraphType>, Description("Only return orders that match this filter.")]
        OrderFilter? filter,
        [FromPageArguments] PageRequest page,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken)
    {
        var id = await EventReader.RequireAsync(operation, eventId, cancellationToken);
        return await (filter ?? new OrderFilter()).Apply(operation.Database.Orders)
            .Where(row => row.EventId == id)
            .ToPageAsync(operation, page, cancellationToken);
    }

    [RequiresScope(Scope.OrdersRead), RequiresRole(Role.EventManager), OutputType<OrderGraphType>]
    [Description("Get an order. An unknown ID is `not_found`.")]
    public static Task<Order> Order(
        [Id, Description("The ID of the order.")] Guid id,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        OrderReader.GetAsync(operation, id, cancellationToken);
}
