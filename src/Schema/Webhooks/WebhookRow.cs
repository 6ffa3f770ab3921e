using Equaticket.Persistence;
using Equaticket.Persistence.Webhooks;

namespace Equaticket.Schema.Webhooks;

/// <summary>A webhook as shown to its owner.</summary>
/// <param name="Webhook">The stored webhook.</param>
/// <param name="Secret">The signing secret, only in the answer that created it.</param>
public sealed record WebhookRow(Webhook Webhook, string? Secret = null) : IPagedRow
{
    public Guid Id => Webhook.Id;

    public DateTimeOffset CreatedAt => Webhook.CreatedAt;
}
