using System.ComponentModel;
using Equaticket.Engine.Execution;
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
    [RequiresRole(Role.Admin), OutputType<StripeAccountGraphType>]
    [Description("Get the Stripe account of your organization; null until there is one.")]
    public static Task<StripeAccount?> StripeAccount(
        [FromOperation] OperationContext operation, CancellationToken cancellationToken) =>
        operation.Database.StripeAccounts.SingleOrDefaultAsync(cancellationToken);
}

public partial class Mutation
{
    [RequiresRole(Role.Admin), OutputType<NonNullGraphType<StripeOnboardingGraphType>>]
    [Description("Connect Stripe. Creates an account for your organization if it has none, and returns the "
        + "URL of the onboarding form at Stripe. If this server has no Stripe keys for the mode, the error is "
        + "`unprocessable`.")]
    public static Task<AccountLink> ConnectStripe(
        [FromOperation] OperationContext operation,
        [FromOperation] WriteTransaction write,
        [FromServices] StripeConnect stripe,
        CancellationToken cancellationToken) =>
        StripeOnboarding.BeginAsync(operation, write, stripe, cancellationToken);
}
