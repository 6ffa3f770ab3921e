using System.ComponentModel;

namespace Equaticket.Persistence.Webhooks;

[Description("Whether a webhook is told of what happens.")]
public enum WebhookStatus
{
    [Description("What happens is delivered to it.")]
    Enabled,

    [Description("Nothing is delivered to it, nor kept for later.")]
    Disabled,
}
