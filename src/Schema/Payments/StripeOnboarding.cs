using Equaticket.Persistence;
using Equaticket.Persistence.Audit;
using Equaticket.Schema.Audit;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;
using Stripe;

namespace Equaticket.Schema.Payments;

/// <summary>
/// Starts Stripe onboarding: creates the organization's connected account for the mode if there is none, and a link to
/// the onboarding form. No transaction is open during calls to Stripe.
/// </summary>
internal static class StripeOnboarding
{
    public static async Task<AccountLink> BeginAsync(
        OperationContext operation,
        WriteTransaction write,
        StripeConnect stripe,
        CancellationToken cancellationToken)
    {
        var tenant = operation.Tenant;
        stripe.RequireConfigured(tenant.Livemode);
        var known = await AccountIdAsync(operation.Database, cancellationToken);
        await write.CommitStepAsync(tenant.OrganizationId);
        if (known is null)
        {
            var made = await stripe.CreateAccountAsync(tenant, CancellationToken.None);
            await write.ContinueAsync(CancellationToken.None);
            await KeepAsync(operation, made);
            await write.CommitStepAsync(tenant.OrganizationId);
            known = made.Id;
        }

        var link = await stripe.CreateLinkAsync(
            known,
            tenant.Livemode,
            outcome => operation.Urls.StripeSettings(operation.Caller.OrganizationSlug, tenant.Livemode, outcome),
            CancellationToken.None);
        await write.ContinueAsync(CancellationToken.None);
        return link;
    }

    private static Task<string?> AccountIdAsync(
        EquaticketDbContext database, CancellationToken cancellationToken) =>
        database.StripeAccounts.Select(account => account.AccountId)
            .SingleOrDefaultAsync(cancellationToken);

    private static async Task KeepAsync(OperationContext operation, Account made)
    {
        var (database, tenant, now) = (operation.Database, operation.Tenant, operation.Stamps.Now());
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO stripe_accounts AS account (organization_id, livemode, account_id,
                charges_enabled, payouts_enabled, details_submitted, events_check_at, updated_at)
            VALUES ({tenant.OrganizationId}, {tenant.Livemode}, {made.Id}, {made.ChargesEnabled},
                {made.PayoutsEnabled}, {made.DetailsSubmitted}, {now}, {now})
            ON CONFLICT (organization_id, livemode) DO UPDATE SET account_id = excluded.account_id,
                events_check_at = excluded.events_check_at, updated_at = excluded.updated_at
            WHERE account.account_id IS NULL
            """,
            CancellationToken.None);
        AuditLog.Record(operation, AuditAction.StripeConnected, tenant.OrganizationId);
        await database.SaveChangesAsync(CancellationToken.None);
    }
}
