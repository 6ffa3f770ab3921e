using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Organizations;

/// <summary>The known state of an organization's Stripe Connect account in one mode.</summary>
public sealed class StripeAccount : TenantOwned
{
    /// <summary>Stripe's id, <c>acct_…</c>; null until onboarding starts.</summary>
    public string? AccountId { get; set; }

    /// <summary>Whether the organizer has finished Stripe's onboarding form.</summary>
    public bool DetailsSubmitted { get; set; }

    /// <summary>Whether Stripe pays out to the organizer's bank.</summary>
    public bool PayoutsEnabled { get; set; }

    /// <summary>Whether Stripe allows the account to accept payments; required for paid live events.</summary>
    public bool ChargesEnabled { get; set; }

    /// <summary>
    /// The information that Stripe still requires, by Stripe's names, such as <c>external_account</c>.
    /// </summary>
    public string[] RequirementsDue { get; set; } = [];

    /// <summary>
    /// The deadline for the required information, after which Stripe restricts the account; null if there is none.
    /// </summary>
    public DateTimeOffset? RequirementsDueBy { get; set; }

    /// <summary>The reason why Stripe restricted the account, by Stripe's name; null if it has not.</summary>
    public string? DisabledReason { get; set; }

    /// <summary>
    /// The time of the newest account update from Stripe, in whole seconds. Older updates that arrive later are
    /// ignored.
    /// </summary>
    public DateTimeOffset? StateAt { get; set; }

    /// <summary>The time up to which undelivered Stripe events have been read; null before the first read.</summary>
    public DateTimeOffset? EventsReadTo { get; set; }

    /// <summary>
    /// When to read undelivered events next, or when the current claim on the account ends; null while there is no
    /// account.
    /// </summary>
    public DateTimeOffset? EventsCheckAt { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class StripeAccountConfiguration : IEntityTypeConfiguration<StripeAccount>
{
    public void Configure(EntityTypeBuilder<StripeAccount> account)
    {
        account.ToTable("stripe_accounts");
        account.HasKey(a => new { a.OrganizationId, a.Livemode });
        account.Property(a => a.AccountId).HasMaxLength(255);
        account.Property(a => a.RequirementsDue).HasDefaultValueSql("'{}'");
        account.Property(a => a.DisabledReason).HasMaxLength(255);
        account.HasIndex(a => new { a.AccountId, a.Livemode }).IsUnique();
        account.HasIndex(a => a.EventsCheckAt).HasFilter("events_check_at IS NOT NULL")
            .HasDatabaseName("ix_stripe_accounts_events_check_at");
        account.BelongsToOrganization();
    }
}
