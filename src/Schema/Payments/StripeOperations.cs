using System.ComponentModel;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Payments;
using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Stripe;

namespace Equaticket.Schema;

public partial class Query
{
    [RequiresRole(Role.Admin), OutputType<StripeAccountType>]
    [Description("How your organization's Stripe account stands; null while there is none.")]
    public static Task<StripeAccount?> StripeAccount(
        [FromUserContext] OperationContext operation, CancellationToken cancellationToken) =>
        operation.Database.StripeAccounts.SingleOrDefaultAsync(cancellationToken);
}

public partial class Mutation
{
    [RequiresRole(Role.Admin), OutputType<NonNullGraphType<StripeOnboardingType>>]
    [Description("Connects Stripe: makes the account of your organization when it has none, and gives "
        + "the address of Stripe's onboarding form. `unprocessable` where this server has no Stripe "
        + "keys for the mode.")]
    public static Task<AccountLink> ConnectStripe(
        [FromUserContext] OperationContext operation,
        [FromServices] StripeConnect stripe,
        CancellationToken cancellationToken) =>
        StripeOnboarding.BeginAsync(operation, stripe, cancellationToken);
}
