using System.ComponentModel;
using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Webhooks;

/// <summary>An endpoint that receives an organization's events, and its health.</summary>
public sealed class Webhook : TenantEntity, IPagedRow
{
    /// <summary>The URL as entered by the organizer; at most 2,000 characters.</summary>
    public required string Url { get; set; }

    /// <summary>At most 500 characters.</summary>
    public string? Description { get; set; }

    /// <summary>The event types to deliver: at least one, without duplicates.</summary>
    public required WebhookEventType[] Events { get; set; }

    public WebhookStatus Status { get; set; } = WebhookStatus.Enabled;

    /// <summary>A human-readable reason why the webhook is disabled; null while it is enabled.</summary>
    public string? DisabledReason { get; set; }

    /// <summary>The signing secret, encrypted.</summary>
    public required byte[] Secret { get; set; }

    /// <summary>The secret before the last rotation, encrypted; null if there was none.</summary>
    public byte[]? PreviousSecret { get; set; }

    /// <summary>When messages are no longer signed with the previous secret.</summary>
    public DateTimeOffset? PreviousSecretExpiresAt { get; set; }

    /// <summary>When the current series of failures started; null while deliveries succeed.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>
    /// The last failed attempts since then, oldest first, up to the number that disables the webhook.
    /// </summary>
    public DateTimeOffset[] RecentFailures { get; set; } = [];

    /// <summary>
    /// When to email the owner that failures disabled the webhook; null if there is nothing to send. Live mode only.
    /// </summary>
    public DateTimeOffset? OwnerNoticeDueAt { get; set; }

    /// <summary>
    /// Starts at 1; incremented on edits and when the webhook is enabled, disabled, or given a new secret.
    /// </summary>
    public int Version { get; set; } = 1;

    public required DateTimeOffset UpdatedAt { get; set; }
}

[Description("The status of a webhook.")]
public enum WebhookStatus
{
    [Description("Events are delivered.")]
    Enabled,

    [Description("Events are neither delivered nor kept for later delivery.")]
    Disabled,
}
