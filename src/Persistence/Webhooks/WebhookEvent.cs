using System.ComponentModel;
using Equaticket.Persistence.Activity;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Webhooks;

/// <summary>An event for webhooks, committed together with its cause.</summary>
public sealed class WebhookEvent : TenantEntity, IPagedRow, IOfRequest
{
    public required WebhookEventType Type { get; init; }

    /// <summary>The <c>data</c> of the payload, as JSON.</summary>
    public required string Data { get; init; }

    /// <summary>The organizer's event concerned, for its subscribers; null for none.</summary>
    public Guid? EventId { get; init; }

    /// <summary>The order in the data, which redaction uses to find buyer data; null if there is none.</summary>
    public Guid? OrderId { get; init; }

    /// <summary>The id of the request that caused the event; null if no request did.</summary>
    public string? RequestId { get; set; }
}

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
    [Description("A ping that you sent, delivered even if the webhook does not list this type.")]
    WebhookPing,
}
