using Equaticket.Persistence;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Orders;

namespace Equaticket.Schema.Orders;

/// <summary>Queues e-mails to buyers, in the transaction of their cause. Test orders send none.</summary>
internal static class EmailQueue
{
    /// <param name="database">In the transaction; saved by whoever owns it.</param>
    /// <param name="stamps">Give the e-mail its id and time.</param>
    /// <param name="kind">What it tells.</param>
    /// <param name="order">Whose buyer gets it.</param>
    /// <param name="refundId">What was refunded.</param>
    public static void Add(
        EquaticketDbContext database,
        RowStamps stamps,
        EmailKind kind,
        Order order,
        Guid? refundId = null)
    {
        if (!database.Tenant!.Value.Livemode)
            return;
        var stamp = stamps.Next();
        database.Add(new QueuedEmail
        {
            Id = stamp.Id,
            Kind = kind,
            OrderId = order.Id,
            RefundId = refundId,
            NextAttemptAt = stamp.CreatedAt,
            CreatedAt = stamp.CreatedAt,
        });
    }
}
