using System.ComponentModel;
using Equaticket.Persistence.Spelling;

namespace Equaticket.Persistence.ApiKeys;

/// <summary>
/// A permission of an API key (public API guide, "Scopes"). Scopes are fixed when the key is created.
/// </summary>
[Description("A permission of an API key. Scopes are fixed when the key is created.")]
public enum Scope
{
    [WireName("events:read"), Description("List and get events and ticket types.")]
    EventsRead,

    [WireName("events:write"), Description("Create, update, publish, and cancel events.")]
    EventsWrite,

    [WireName("ticket_types:write"), Description("Create, update, and delete ticket types.")]
    TicketTypesWrite,

    [WireName("orders:read"), Description("List and get orders.")]
    OrdersRead,

    [WireName("attendees:read"), Description("List and get attendees (tickets).")]
    AttendeesRead,

    [WireName("webhooks:read"), Description("List webhook subscriptions and delivery history.")]
    WebhooksRead,

    [WireName("webhooks:write"), Description("Create, update, and delete webhook subscriptions.")]
    WebhooksWrite,
}
