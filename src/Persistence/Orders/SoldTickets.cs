using System.Data.Common;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Equaticket.Persistence.Orders;

/// <summary>Counts tickets once the transaction that sold them has committed.</summary>
internal sealed class SoldTickets(IMeterFactory meters) : DbTransactionInterceptor
{
    private readonly Counter<long> _sold = meters.Create("Equaticket").CreateCounter<long>(
        "equaticket.tickets.sold", "{ticket}", "Tickets of confirmed orders, by mode.");

    public override Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default)
    {
        if (eventData.Context is EquaticketDbContext { SoldTickets: > 0 } database)
        {
            _sold.Add(
                database.SoldTickets, new KeyValuePair<string, object?>("livemode", database.TenantLivemode));
            database.SoldTickets = 0;
        }

        return Task.CompletedTask;
    }

    public override Task RolledBackToSavepointAsync(
        DbTransaction transaction,
        TransactionEventData eventData,
        CancellationToken cancellationToken = default)
    {
        (eventData.Context as EquaticketDbContext)?.SoldTickets = 0;
        return Task.CompletedTask;
    }
}
