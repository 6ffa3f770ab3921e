using System.ComponentModel;

namespace Equaticket.Persistence.Webhooks;

[Description("The status of a webhook delivery.")]
public enum WebhookDeliveryStatus
{
    [Description("The first attempt or a retry is still to come.")]
    Pending,

    [Description("The endpoint responded with a status from 200 to 299.")]
    Succeeded,

    [Description("All attempts failed, or the webhook was disabled before one succeeded.")]
    Failed,
}
