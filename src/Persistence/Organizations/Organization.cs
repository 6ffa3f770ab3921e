using System.ComponentModel;
using Equaticket.Persistence.Spelling;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Organizations;

/// <summary>A customer of Equaticket: the tenant that owns events, orders, and keys.</summary>
public sealed class Organization
{
    public required Guid Id { get; init; }

    /// <summary>1–100 characters of <c>a-z0-9-</c>, unique across all organizations.</summary>
    public required string Slug { get; init; }

    /// <summary>The display name, 1–200 characters.</summary>
    public required string Name { get; set; }

    public required Plan Plan { get; set; }

    /// <summary>When an owner or admin accepted the API terms; null until then.</summary>
    public DateTimeOffset? ApiTermsAcceptedAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>Subscription tiers (public API guide, "Rate limits").</summary>
[Description("An organization's plan, which sets the rate limit of its API keys.")]
public enum Plan
{
    [Description("60 requests per minute per API key.")]
    Free,

    [Description("100 requests per minute per API key.")]
    Starter,

    [Description("300 requests per minute per API key, and webhooks.")]
    Growth,

    [Description("600 requests per minute per API key, and webhooks.")]
    Pro,
}

internal sealed class OrganizationConfiguration : IEntityTypeConfiguration<Organization>
{
    public void Configure(EntityTypeBuilder<Organization> organization)
    {
        organization.ToTable("organizations", table =>
        {
            table.HasWireNames<Plan>("plan");
            table.HasCheckConstraint("ck_organizations_slug", "slug ~ '^[a-z0-9]+(-+[a-z0-9]+)*$'");
        });
        organization.Property(o => o.Slug).HasMaxLength(100);
        organization.Property(o => o.Name).HasMaxLength(200);
        organization.HasIndex(o => o.Slug).IsUnique();
    }
}
