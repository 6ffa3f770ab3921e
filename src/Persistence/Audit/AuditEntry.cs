using System.ComponentModel;
using Equaticket.Persistence.Activity;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Audit;

/// <summary>A security-relevant action. The table is append-only: the database rejects updates and deletes.</summary>
public sealed class AuditEntry : IOrganizationOwned, IPagedRow, IOfRequest
{
    public const int MaxDetail = 500;

    public required Guid Id { get; init; }

    public Guid OrganizationId { get; set; }

    public required AuditAction Action { get; init; }

    /// <summary>The key, user, invitation, webhook, or organization that the action affected.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>
    /// Details that can't be read from the subject later, such as a previous role; null if there are none. At most
    /// <see cref="MaxDetail"/> characters.
    /// </summary>
    public string? Detail { get; init; }

    /// <summary>The user who acted; null for keys and operators.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The API key that acted; null for users and operators.</summary>
    public Guid? ApiKeyId { get; init; }

    /// <summary>The id of the request that caused the action; null for operators and background jobs.</summary>
    public string? RequestId { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>The action that was taken.</summary>
[Description("A security-relevant action.")]
public enum AuditAction
{
    [WireName("api_key.created")]
    [Description("An API key was created.")]
    ApiKeyCreated,

    [WireName("api_key.rolled")]
    [Description("An API key was replaced by a new one.")]
    ApiKeyRolled,

    [WireName("api_key.revoked")]
    [Description("An API key was revoked.")]
    ApiKeyRevoked,

    [WireName("api_terms.accepted")]
    [Description("The API Terms of Service were accepted.")]
    ApiTermsAccepted,

    [WireName("buyer.redacted")]
    [Description("A buyer's personal data was removed.")]
    BuyerRedacted,

    [WireName("order.refunded")]
    [Description("Tickets of an order were refunded.")]
    OrderRefunded,

    [WireName("order.confirmation_resent")]
    [Description("The tickets of an order were sent to its buyer again.")]
    OrderConfirmationResent,

    [WireName("event.refunds_requested")]
    [Description("Refunds of a cancelled event were requested.")]
    EventRefundsRequested,

    [WireName("stripe.connected")]
    [Description("A Stripe account was connected.")]
    StripeConnected,

    [WireName("organization.renamed")]
    [Description("The organization was renamed.")]
    OrganizationRenamed,

    [WireName("ownership.transferred")]
    [Description("Another member became the owner.")]
    OwnershipTransferred,

    [WireName("role.granted")]
    [Description("An operator gave a user a role.")]
    RoleGranted,

    [WireName("member.invited")]
    [Description("A user was invited by email.")]
    MemberInvited,

    [WireName("invitation.cancelled")]
    [Description("An invitation was cancelled.")]
    InvitationCancelled,

    [WireName("member.joined")]
    [Description("A user accepted an invitation.")]
    MemberJoined,

    [WireName("member.role_changed")]
    [Description("A member's role was changed.")]
    MemberRoleChanged,

    [WireName("member.removed")]
    [Description("A member was removed.")]
    MemberRemoved,

    [WireName("account.password_changed")]
    [Description("A member changed their password.")]
    PasswordChanged,

    [WireName("account.totp_enabled")]
    [Description("A member turned on codes from an authenticator app.")]
    TotpEnabled,

    [WireName("account.totp_disabled")]
    [Description("A member turned off codes from an authenticator app.")]
    TotpDisabled,

    [WireName("account.recovery_code_used")]
    [Description("A member signed in with a recovery code.")]
    RecoveryCodeUsed,

    [WireName("account.recovery_codes_created")]
    [Description("A member created new recovery codes.")]
    RecoveryCodesCreated,

    [WireName("account.passkey_added")]
    [Description("A member added a passkey.")]
    PasskeyAdded,

    [WireName("account.passkey_removed")]
    [Description("A member removed a passkey.")]
    PasskeyRemoved,

    [WireName("test_data.reset")]
    [Description("All test data was deleted.")]
    TestDataReset,

    [WireName("webhook.created")]
    [Description("A webhook was created.")]
    WebhookCreated,

    [WireName("webhook.updated")]
    [Description("A webhook was updated.")]
    WebhookUpdated,

    [WireName("webhook.deleted")]
    [Description("A webhook was deleted.")]
    WebhookDeleted,

    [WireName("webhook.secret_rotated")]
    [Description("A webhook's signing secret was rotated.")]
    WebhookSecretRotated,
}

internal sealed class AuditConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("audit_log", table => table.HasWireNames<AuditAction>("action"));
        entry.HasKey(e => new { e.OrganizationId, e.Id });
        entry.HasIndex(e => new { e.OrganizationId, e.CreatedAt, e.Id });
        entry.HasIndex(e => new { e.OrganizationId, e.Action, e.CreatedAt, e.Id });
        entry.HasIndex(e => new { e.OrganizationId, e.UserId, e.CreatedAt, e.Id });
        entry.HasIndex(e => new { e.RequestId, e.OrganizationId, e.Id }).HasFilter("request_id IS NOT NULL");
        entry.Property(e => e.Detail).HasMaxLength(AuditEntry.MaxDetail);
        entry.BelongsToOrganization();
    }
}
