using System.ComponentModel;

namespace Equaticket.Persistence.Webhooks;

[Description("The status of a webhook.")]
public enum WebhookStatus
{
    [Description("Events are delivered.")]
    Enabled,

    [Description("Events are neither delivered nor kept for later delivery.")]
    Disabled,
}
