using Equaticket.Dashboard.Operations;

namespace Equaticket.Dashboard.Webhooks;

/// <summary>Describes the progress of a delivery.</summary>
public static class DeliveryState
{
    /// <param name="delivery">A <c>WebhookDelivery</c> with its attempts.</param>
    public static string Of(ResultNode delivery) =>
        (delivery["status"].Text, delivery["attempts"].Items.Count()) switch
        {
            ("pending", 0) => "pending",
            ("pending", 1) => "retrying (1 attempt so far)",
            ("pending", var made) => $"retrying ({made} attempts so far)",
            (var status, _) => status,
        };
}
