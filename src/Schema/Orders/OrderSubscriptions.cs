using System.ComponentModel;
using Equaticket.Engine.Execution;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Webhooks.Feed;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Subscription
{
    [RequiresScope(Scope.OrdersRead), RequiresRole(Role.EventManager)]
    [OutputType<NonNullGraphType<OrderGraphType>>]
    [Streams(WebhookEventType.OrderCreated)]
    [Description("Subscribe to the confirmed orders of an event. Sends each order when it is confirmed. An "
        + "unknown event is `not_found`.")]
    public static Task<Order> OrderConfirmed(
        [Id, Description("The ID of the event.")] Guid eventId,
        [FromOperation] OperationContext operation,
        [FromOperation] StreamedEvent streamed,
        CancellationToken cancellationToken) =>
        OrderReader.GetAsync(operation, streamed.Id("order_id"), cancellationToken);
}
