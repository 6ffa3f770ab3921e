using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Stripe;

namespace Equaticket.Schema.Payments.Inbound;

/// <summary>
/// Fetches connected-account events that Stripe could not deliver, and applies them as if they had arrived: refunds
/// made in Stripe, disputes, account updates, and others.
/// </summary>
public sealed class MissedStripeEvents(
    Claims claims,
    TenantContexts contexts,
    StripeClients clients,
    StripeInbox inbox,
    RowStamps stamps,
    ILogger<MissedStripeEvents> log) : IJob
{
    private const int BatchSize = 20;
    private const int PageSize = 100;

    private static readonly Claim Due = new("stripe_accounts", "events_check_at", TimeSpan.FromMinutes(5))
    {
        Key = "organization_id, livemode",
        Condition = "account_id IS NOT NULL",
    };

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>Stripe retries deliveries for three days.</summary>
    private static readonly TimeSpan FarBack = TimeSpan.FromDays(3);

    /// <summary>Stripe may list an event some time after its timestamp.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var due = await claims.TakeAsync<StripeAccount>(Due, BatchSize, [], cancellationToken);
        foreach (var account in due.Where(account => clients.IsConfigured(account.Livemode)))
        {
            try
            {
                await ReadAsync(account, cancellationToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogFault(
                    LogLevel.Warning, fault, "Events of account {AccountId} could not be read; will be retried.",
                    account.AccountId);
            }
        }
    }

    private async Task ReadAsync(StripeAccount account, CancellationToken cancellationToken)
    {
        var (now, readTo) = (stamps.Now(), stamps.Now());
        var missed = await ListAsync(
            account, account.EventsReadTo - Overlap ?? now - FarBack, cancellationToken);
        foreach (var stripeEvent in missed)
        {
            stripeEvent.Account ??= account.AccountId;
            if (await TryReceiveAsync(stripeEvent, cancellationToken))
                continue;
            var created = new DateTimeOffset(stripeEvent.Created, TimeSpan.Zero);
            readTo = created < readTo ? created : readTo;
        }

        await using var database = contexts.Lease(
            new TenantScope(account.OrganizationId, account.Livemode));
        await database.StripeAccounts.Where(row => row.AccountId == account.AccountId)
            .ExecuteUpdateAsync(
                row => row.SetProperty(a => a.EventsReadTo, readTo)
                    .SetProperty(a => a.EventsCheckAt, now + Interval),
                cancellationToken);
    }

    /// <returns>False if the event must be fetched again. Other events are not delayed.</returns>
    /// <exception cref="ApiError">Stripe is unavailable (503).</exception>
    private async Task<bool> TryReceiveAsync(Event stripeEvent, CancellationToken cancellationToken)
    {
        try
        {
            await inbox.ReceiveAsync(stripeEvent, cancellationToken);
            return true;
        }
        catch (Exception fault) when (fault is not (
            OperationCanceledException or ApiError { ErrorCode: ErrorCode.Unavailable }))
        {
            log.LogFault(
                LogLevel.Warning, fault, "Stripe event {EventId} could not be applied; will be retried.",
                stripeEvent.Id);
            return false;
        }
    }

    /// <returns>The undelivered events since that time, oldest first.</returns>
    /// <exception cref="ApiError">Stripe rejects the request (422) or is unavailable (503).</exception>
    private Task<List<Event>> ListAsync(
        StripeAccount account, DateTimeOffset since, CancellationToken cancellationToken) =>
        clients.AskAsync(async () => await new EventService(clients.Of(account.Livemode)).ListAutoPagingAsync(
            new EventListOptions
            {
                Created = new DateRangeOptions { GreaterThanOrEqual = since.UtcDateTime },
                DeliverySuccess = false,
                Types = [.. OrderSync.Types, EventTypes.AccountUpdated],
                Limit = PageSize,
            },
            new RequestOptions { StripeAccount = account.AccountId },
            cancellationToken).Reverse().ToListAsync(cancellationToken));
}
