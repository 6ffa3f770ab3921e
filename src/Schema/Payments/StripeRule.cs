using Equaticket.Engine.Errors;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Payments;

/// <summary>Paid live events require an active Stripe Connect account (guide, "Create and publish").</summary>
internal static class StripeRule
{
    /// <exception cref="ApiError">The caller is in live mode and its account does not accept payments yet.</exception>
    public static async Task RequireForPaidSalesAsync(
        OperationContext operation, CancellationToken cancellationToken)
    {
        if (!operation.Tenant.Livemode)
            return;
        if (!await operation.Database.StripeAccounts.AnyAsync(
            account => account.ChargesEnabled, cancellationToken))
        {
            throw ApiError.Unprocessable(
                "Connect Stripe and finish its onboarding before you sell paid tickets.");
        }
    }
}
