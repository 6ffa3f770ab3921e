using System.ComponentModel;

namespace Equaticket.Persistence.Webhooks;

[Description("What became of a delivery.")]
public enum WebhookDeliveryStatus
{
    [Description("It is still to be attempted, or to be attempted again.")]
    Pending,

    [Description("The endpoint answered with a status from 200 to 299.")]
    Succeeded,

    [Description("No attempt is left, or the webhook was disabled before it succeeded.")]
    Failed,
}
