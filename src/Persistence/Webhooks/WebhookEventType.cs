using System.ComponentModel;
using Equaticket.Persistence.Spelling;

namespace Equaticket.Persistence.Webhooks;

/// <summary>What webhooks tell of (guide, "Webhooks").</summary>
[Description("What webhooks tell of.")]
public enum WebhookEventType
{
    [WireName("order.created")]
    [Description("An order was confirmed.")]
    OrderCreated,

    [WireName("order.refunded")]
    [Description("One or more tickets of an order were refunded.")]
    OrderRefunded,

    [WireName("event.sold_out")]
    [Description("A sale took the last ticket of an event.")]
    EventSoldOut,

    [WireName("ticket.checked_in")]
    [Description("A ticket was scanned and let in.")]
    TicketCheckedIn,

    [WireName("webhook.ping")]
    [Description("You asked for it, to try the endpoint out. It comes without being subscribed to.")]
    WebhookPing,
}
