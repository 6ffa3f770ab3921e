using Equaticket.Persistence;
using Microsoft.EntityFrameworkCore;
using Stripe;

namespace Equaticket.Schema.Payments.Inbound;

/// <summary>Records events in the transaction of their effect, so that each takes effect once.</summary>
internal static class StripeEventLog
{
    /// <returns>False if the event was recorded before.</returns>
    public static async Task<bool> NoteAsync(
        EquaticketDbContext database,
        RowStamps stamps,
        Event said,
        CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        return await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO stripe_events (id, type, livemode, account, received_at)
            VALUES ({said.Id}, {said.Type}, {said.Livemode}, {said.Account}, {now})
            ON CONFLICT (id) DO NOTHING
            """,
            cancellationToken) == 1;
    }
}
