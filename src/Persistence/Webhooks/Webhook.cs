using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Webhooks;

/// <summary>An endpoint of an organization that is told what happens, and how it is doing.</summary>
public sealed class Webhook : ITenantOwned, IPagedRow
{
    public required Guid Id { get; init; }

    public Guid OrganizationId { get; set; }

    public bool Livemode { get; set; }

    /// <summary>Where it is reached, as the organizer wrote it; at most 2,000 characters.</summary>
    public required string Url { get; set; }

    /// <summary>At most 500 characters, for people.</summary>
    public string? Description { get; set; }

    /// <summary>What it is told of: at least one, each once.</summary>
    public required WebhookEventType[] Events { get; set; }

    public WebhookStatus Status { get; set; } = WebhookStatus.Enabled;

    /// <summary>Why it is disabled, for people; null while it is enabled.</summary>
    public string? DisabledReason { get; set; }

    /// <summary>The signing secret, encrypted.</summary>
    public required byte[] Secret { get; set; }

    /// <summary>The secret before the last rotation, encrypted; null when there was none.</summary>
    public byte[]? PreviousSecret { get; set; }

    /// <summary>Until then the previous secret signs as well.</summary>
    public DateTimeOffset? PreviousSecretExpiresAt { get; set; }

    /// <summary>When the first attempt failed after which none succeeded; null while all is well.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>The last failed attempts since then, oldest first: as many as disabling asks for.</summary>
    public DateTimeOffset[] RecentFailures { get; set; } = [];

    /// <summary>
    /// Set when failures disabled it and the owner is still to be told by e-mail; null when there is
    /// nothing to tell. Live mode only.
    /// </summary>
    public DateTimeOffset? OwnerNoticeDueAt { get; set; }

    /// <summary>From 1; moves on edits and when it is enabled, disabled or given a new secret.</summary>
    public int Version { get; set; } = 1;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
