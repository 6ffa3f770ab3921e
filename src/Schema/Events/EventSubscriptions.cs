using System.ComponentModel;
using Equaticket.Engine.Execution;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Events;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Subscription
{
    [RequiresScope(Scope.EventsRead), RequiresRole(Role.CheckInOnly)]
    [OutputType<NonNullGraphType<EventGraphType>>]
    [Streams(
        WebhookEventType.OrderCreated, WebhookEventType.OrderRefunded, WebhookEventType.EventSoldOut,
        LatestOnly = true)]
    [Description("Subscribe to the sales of an event. Sends the event when its tickets are sold, refunded "
        + "or sold out, at most four times a second. An unknown event is `not_found`.")]
    public static Task<EventRow> EventSales(
        [Id, Description("The ID of the event.")] Guid eventId,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        EventReader.GetAsync(operation, eventId, cancellationToken);
}
