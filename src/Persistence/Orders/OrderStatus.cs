using System.ComponentModel;

namespace Equaticket.Persistence.Orders;

/// <summary>The status of an order.</summary>
[Description("The status of an order.")]
public enum OrderStatus
{
    [Description("Awaiting payment; its tickets are held.")]
    Pending,

    [Description("Paid or free; its tickets are valid.")]
    Confirmed,

    [Description("Some of its tickets have been refunded.")]
    PartiallyRefunded,

    [Description("All of its tickets have been refunded.")]
    Refunded,

    [Description("The payment did not arrive in time. The order has no tickets.")]
    Expired,

    [Description("The payment was declined or the checkout was abandoned. The order has no tickets.")]
    Failed,
}
