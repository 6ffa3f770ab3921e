using Equaticket.Schema.ApiKeys;
using Equaticket.Schema.Attendees;
using Equaticket.Schema.Events;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Refunds;
using Equaticket.Schema.TicketTypes;
using Equaticket.Schema.Webhooks;
using Equaticket.Schema.Webhooks.Deliveries;

namespace Equaticket.Schema.Reading;

/// <summary>The types that implement <c>Node</c>.</summary>
internal static class NodeTypes
{
    public static IReadOnlyList<Type> All { get; } =
    [
        typeof(EventType), typeof(TicketTypeType), typeof(OrderType), typeof(RefundType),
        typeof(AttendeeType), typeof(WebhookType), typeof(WebhookDeliveryType),
        typeof(ApiKeyType),
    ];
}
