using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Audit;

/// <summary>
/// A security-relevant action. The table is append-only: the database refuses to change or remove
/// one.
/// </summary>
public sealed class AuditEntry : IOrganizationOwned, IPagedRow
{
    public required Guid Id { get; init; }

    public Guid OrganizationId { get; set; }

    public required AuditAction Action { get; init; }

    /// <summary>The key, user or organization that the action affected.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>The user who acted; null for keys and operators.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The API key that acted; null for users and operators.</summary>
    public Guid? ApiKeyId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What was done.</summary>
public enum AuditAction
{
    [WireName("api_key.created")]
    ApiKeyCreated,

    [WireName("api_key.rolled")]
    ApiKeyRolled,

    [WireName("api_key.revoked")]
    ApiKeyRevoked,

    [WireName("api_terms.accepted")]
    ApiTermsAccepted,

    [WireName("buyer.redacted")]
    BuyerRedacted,

    [WireName("order.refunded")]
    OrderRefunded,

    [WireName("event.refunds_requested")]
    EventRefundsRequested,

    [WireName("stripe.connected")]
    StripeConnected,

    [WireName("role.granted")]
    RoleGranted,

    [WireName("test_data.reset")]
    TestDataReset,

    [WireName("webhook.created")]
    WebhookCreated,

    [WireName("webhook.deleted")]
    WebhookDeleted,

    [WireName("webhook.secret_rotated")]
    WebhookSecretRotated,
}

internal sealed class AuditConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("audit_log", table => table.HasWireNames<AuditAction>("action"));
        entry.HasKey(e => new { e.OrganizationId, e.Id });
        entry.HasIndex(e => new { e.OrganizationId, e.CreatedAt, e.Id });
        entry.HasOne<Organization>().WithMany().HasForeignKey(e => e.OrganizationId)
            .OnDelete(DeleteBehavior.Restrict);
    }
}
