using System.ComponentModel;
using Equaticket.Persistence.Spelling;

namespace Equaticket.Persistence.Webhooks;

/// <summary>The event types of webhooks (guide, "Webhooks").</summary>
[Description("The type of a webhook event.")]
public enum WebhookEventType
{
    [WireName("order.created")]
    [Description("An order was confirmed.")]
    OrderCreated,

    [WireName("order.refunded")]
    [Description("One or more tickets of an order were refunded.")]
    OrderRefunded,

    [WireName("event.sold_out")]
    [Description("The last ticket of an event was sold.")]
    EventSoldOut,

    [WireName("ticket.checked_in")]
    [Description("A ticket was scanned and checked in.")]
    TicketCheckedIn,

    [WireName("webhook.ping")]
    [Description("A test event that you triggered. Delivered without a subscription.")]
    WebhookPing,
}
