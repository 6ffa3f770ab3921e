using Equaticket.Engine.Scalars;
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
        Field<StringGraphType>("accountId")
            .Description("The account's Stripe id, `acct_…`; null until `connectStripe` creates it.")
            .Resolve(c => c.Source.AccountId);
        Field<NonNullGraphType<BooleanGraphType>>("chargesEnabled")
            .Description("Whether the account can accept payments, which paid live events require.")
            .Resolve(c => c.Source.ChargesEnabled);
        Field<NonNullGraphType<BooleanGraphType>>("payoutsEnabled")
            .Description("Whether Stripe can pay out to your bank account.")
            .Resolve(c => c.Source.PayoutsEnabled);
        Field<NonNullGraphType<BooleanGraphType>>("detailsSubmitted")
            .Description("Whether Stripe's onboarding form has been completed.")
            .Resolve(c => c.Source.DetailsSubmitted);
        Field<NonNullGraphType<UtcDateTimeGraphType>>("updatedAt")
            .Description("When this information was last updated.")
            .Resolve(c => c.Source.UpdatedAt);
    }
}

public sealed class StripeOnboardingGraphType : ObjectGraphType<AccountLink>
{
    public StripeOnboardingGraphType()
    {
        Name = "StripeOnboarding";
        Description = "A link to Stripe's onboarding form.";
        Field<NonNullGraphType<StringGraphType>>("url")
            .Description("The single-use URL to redirect the organizer's browser to.")
            .Resolve(c => c.Source.Url);
        Field<NonNullGraphType<UtcDateTimeGraphType>>("expiresAt")
            .Description("When the URL expires. Request a new one after that.")
            .Resolve(c => new DateTimeOffset(c.Source.ExpiresAt, TimeSpan.Zero));
    }
}
