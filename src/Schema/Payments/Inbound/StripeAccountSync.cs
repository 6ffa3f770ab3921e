using Equaticket.Persistence;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Jobs;
using Microsoft.EntityFrameworkCore;
using Stripe;

namespace Equaticket.Schema.Payments.Inbound;

/// <summary>Applies Stripe's updates to connected accounts.</summary>
public sealed class StripeAccountSync(
    TenantContexts contexts, BackgroundWrites writes, RowStamps stamps)
{
    internal async Task<StripeEventOutcome> ApplyAsync(
        Event stripeEvent, Account account, CancellationToken cancellationToken)
    {
        if (stripeEvent.Account != account.Id
            || await FindAsync(account.Id, stripeEvent.Livemode, cancellationToken) is not { } known)
            return StripeEventOutcome.Ignored;
        var isRecorded = await writes.RunAsync(
            new TenantScope(known.OrganizationId, known.Livemode),
            async (database, token) =>
            {
                if (!await StripeEventLog.RecordAsync(database, stamps, stripeEvent, token))
                    return false;
                await UpdateAsync(database, account, stripeEvent.Created, token);
                return true;
            },
            cancellationToken);
        return isRecorded ? StripeEventOutcome.Applied : StripeEventOutcome.Repeated;
    }

    /// <summary>Stores the account's state unless a newer state is already stored.</summary>
    private Task<int> UpdateAsync(
        EquaticketDbContext database,
        Account account,
        DateTime created,
        CancellationToken cancellationToken)
    {
        var (now, stateAt) = (stamps.Now(), new DateTimeOffset(created, TimeSpan.Zero));
        var wanted = account.Requirements;
        string[] due = [.. (wanted?.PastDue ?? []).Concat(wanted?.CurrentlyDue ?? []).Distinct()];
        DateTimeOffset? dueBy = wanted?.CurrentDeadline is { } deadline
            ? new DateTimeOffset(deadline, TimeSpan.Zero)
            : null;
        return database.StripeAccounts
            .Where(a => a.AccountId == account.Id && (a.StateAt == null || a.StateAt <= stateAt))
            .ExecuteUpdateAsync(
                row => row.SetProperty(a => a.ChargesEnabled, account.ChargesEnabled)
                    .SetProperty(a => a.PayoutsEnabled, account.PayoutsEnabled)
                    .SetProperty(a => a.DetailsSubmitted, account.DetailsSubmitted)
                    .SetProperty(a => a.RequirementsDue, due)
                    .SetProperty(a => a.RequirementsDueBy, dueBy)
                    .SetProperty(a => a.DisabledReason, wanted == null ? null : wanted.DisabledReason)
                    .SetProperty(a => a.StateAt, stateAt)
                    .SetProperty(a => a.UpdatedAt, now),
                cancellationToken);
    }

    private async Task<StripeAccount?> FindAsync(
        string accountId, bool livemode, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        return await database.StripeAccounts.IgnoreQueryFilters().SingleOrDefaultAsync(
            a => a.AccountId == accountId && a.Livemode == livemode, cancellationToken);
    }
}
