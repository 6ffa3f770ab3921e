using System.ComponentModel;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Access;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Orders;
using GraphQL;

namespace Equaticket.Schema;

public partial class Query
{
    [RequiresScope(Scope.OrdersRead), RequiresRole(Role.EventManager), OutputType<OrderType>]
    [Description("One of your orders. An id that is not yours is `not_found`.")]
    public static Task<Order> Order(
        [Id, Description("The id of the order.")] string id,
        [FromUserContext] OperationContext operation,
        CancellationToken cancellationToken) =>
        OrderReader.GetAsync(operation, id, cancellationToken);
}
