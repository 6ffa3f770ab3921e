using System.ComponentModel;

namespace Equaticket.Persistence.Orders;

/// <summary>Where an order is in its life.</summary>
[Description("Where an order is in its life.")]
public enum OrderStatus
{
    [Description("Its tickets are held while the payment is awaited.")]
    Pending,

    [Description("Paid, or free; its tickets are valid.")]
    Confirmed,

    [Description("Some of its tickets are refunded.")]
    PartiallyRefunded,

    [Description("All of its tickets are refunded.")]
    Refunded,

    [Description("The payment did not come in time. It has no tickets.")]
    Expired,

    [Description("The payment was declined, or the checkout was given up. It has no tickets.")]
    Failed,
}
