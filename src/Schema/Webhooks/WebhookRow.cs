using Equaticket.Persistence;
using Equaticket.Persistence.Webhooks;

namespace Equaticket.Schema.Webhooks;

/// <summary>A webhook as its owner may see it.</summary>
/// <param name="Webhook">What is stored.</param>
/// <param name="Secret">The signing secret, in the answer that made it; null ever after.</param>
public sealed record WebhookRow(Webhook Webhook, string? Secret = null) : IPagedRow
{
    public Guid Id => Webhook.Id;

    public DateTimeOffset CreatedAt => Webhook.CreatedAt;
}
