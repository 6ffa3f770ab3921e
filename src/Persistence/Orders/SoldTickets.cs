using System.Data.Common;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Equaticket.Persistence.Orders;

/// <summary>Counts tickets once the transaction that sold them has committed.</summary>
internal sealed class SoldTickets : DbTransactionInterceptor
{
    private static readonly Counter<long> Sold = new Meter("Equaticket").CreateCounter<long>(
        "equaticket.tickets.sold", "{ticket}", "Tickets of confirmed orders, by mode.");

    private SoldTickets()
    {
    }

    public static SoldTickets Counting { get; } = new();

    public override Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default)
    {
        if (eventData.Context is EquaticketDbContext { SoldTickets: > 0 } database)
        {
            Sold.Add(
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
