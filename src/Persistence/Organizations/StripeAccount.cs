using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Organizations;

/// <summary>What is known of an organization's Stripe Connect account in one mode.</summary>
public sealed class StripeAccount : ITenantOwned
{
    public Guid OrganizationId { get; set; }

    public bool Livemode { get; set; }

    /// <summary>Stripe's id, <c>acct_…</c>; null until onboarding has begun.</summary>
    public string? AccountId { get; set; }

    /// <summary>Whether the organizer has finished Stripe's onboarding form.</summary>
    public bool DetailsSubmitted { get; set; }

    /// <summary>Whether Stripe pays out to the organizer's bank.</summary>
    public bool PayoutsEnabled { get; set; }

    /// <summary>Whether Stripe lets the account take payments; paid live events need it.</summary>
    public bool ChargesEnabled { get; set; }

    /// <summary>
    /// Of when Stripe's newest news of the account is, in whole seconds; older news that arrive later
    /// are passed over.
    /// </summary>
    public DateTimeOffset? StateAt { get; set; }

    /// <summary>Up to when events that Stripe could not deliver were read; null before.</summary>
    public DateTimeOffset? EventsReadTo { get; set; }

    /// <summary>
    /// When they are to be read next, and until when whoever reads them has the account to itself;
    /// null while there is no account.
    /// </summary>
    public DateTimeOffset? EventsCheckAt { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
