using Equaticket.Engine.Fields;
using Equaticket.Persistence.Organizations;
using GraphQL.Types;
using Stripe;

namespace Equaticket.Schema.Payments;

public sealed class StripeAccountGraphType : ObjectGraphType<StripeAccount>
{
    public StripeAccountGraphType()
    {
        Name = "StripeAccount";
        Description = "Your organization's Stripe Connect account in one mode, live or test.";
        this.OptionalLeaf("accountId", "The account's Stripe ID, `acct_…`; null until `connectStripe` creates it.",
            account => account.AccountId);
        this.Leaf("chargesEnabled", "Whether the account can accept payments, which paid live events require.",
            account => account.ChargesEnabled);
        this.Leaf("payoutsEnabled", "Whether Stripe can pay out to your bank account.",
            account => account.PayoutsEnabled);
        this.Leaf("detailsSubmitted", "Whether Stripe's onboarding form has been completed.",
            account => account.DetailsSubmitted);
        this.Leaf("requirementsDue",
            "What Stripe still requires, in Stripe's names, such as `external_account`; empty if nothing is missing.",
            account => account.RequirementsDue);
        this.OptionalLeaf("requirementsDueBy",
            "When Stripe will restrict the account if the requirements are not met; null if there is no deadline.",
            account => account.RequirementsDueBy);
        this.OptionalLeaf("disabledReason",
            "Why Stripe has restricted the account, in Stripe's names, such as `requirements.past_due`; null if it "
                + "has not.",
            account => account.DisabledReason);
        this.Leaf("updatedAt", "When this information was last updated.", account => account.UpdatedAt);
    }
}

public sealed class StripeOnboardingGraphType : ObjectGraphType<AccountLink>
{
    public StripeOnboardingGraphType()
    {
        Name = "StripeOnboarding";
        Description = "A link to Stripe's onboarding form.";
        this.Leaf("url", "The single-use URL to redirect the organizer's browser to.", link => link.Url);
        this.Leaf("expiresAt", "When the URL expires. Request a new one after that.",
            link => new DateTimeOffset(link.ExpiresAt, TimeSpan.Zero));
    }
}
