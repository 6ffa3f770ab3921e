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
        Description = "The Stripe Connect account of your organization, of one mode.";
        Field<StringGraphType>("accountId")
            .Description("Stripe's id, `acct_…`; null until `connectStripe` made it.")
            .Resolve(c => c.Source.AccountId);
        Field<NonNullGraphType<BooleanGraphType>>("chargesEnabled")
            .Description("Whether it can take payments, which paid live events need.")
            .Resolve(c => c.Source.ChargesEnabled);
        Field<NonNullGraphType<BooleanGraphType>>("payoutsEnabled")
            .Description("Whether Stripe pays out to your bank.")
            .Resolve(c => c.Source.PayoutsEnabled);
        Field<NonNullGraphType<BooleanGraphType>>("detailsSubmitted")
            .Description("Whether Stripe's onboarding form was finished.")
            .Resolve(c => c.Source.DetailsSubmitted);
        Field<NonNullGraphType<UtcDateTimeGraphType>>("updatedAt")
            .Description("When this was last heard of.")
            .Resolve(c => c.Source.UpdatedAt);
    }
}

public sealed class StripeOnboardingGraphType : ObjectGraphType<AccountLink>
{
    public StripeOnboardingGraphType()
    {
        Name = "StripeOnboarding";
        Description = "The way to Stripe's onboarding form.";
        Field<NonNullGraphType<StringGraphType>>("url")
            .Description("Where to send the organizer's browser, once.")
            .Resolve(c => c.Source.Url);
        Field<NonNullGraphType<UtcDateTimeGraphType>>("expiresAt")
            .Description("Until then the address works; ask for a new one after that.")
            .Resolve(c => new DateTimeOffset(c.Source.ExpiresAt, TimeSpan.Zero));
    }
}
