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
        typeof(EventGraphType), typeof(TicketTypeGraphType), typeof(OrderGraphType), typeof(RefundGraphType),
        typeof(AttendeeGraphType), typeof(WebhookGraphType), typeof(WebhookDeliveryGraphType),
        typeof(ApiKeyGraphType),
    ];
}
