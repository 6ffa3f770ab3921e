using Equaticket.Dashboard.Operations;

namespace Equaticket.Dashboard.Webhooks;

/// <summary>Describes the progress of a delivery.</summary>
public static class DeliveryState
{
    private const int Scheduled = 10;

    /// <param name="delivery">A <c>WebhookDelivery</c> with its attempts.</param>
    public static string Of(ResultNode delivery) =>
        (delivery["status"].Text, delivery["attempts"].Items.Count()) switch
        {
            ("pending", 0) => "pending",
            ("pending", < Scheduled and var made) => $"retrying ({made} of {Scheduled})",
            // Redelivering starts the schedule again.
            ("pending", var made) => $"retrying ({made} so far)",
            (var status, _) => status,
        };
}
