using Equaticket.Engine.Fields;
using Equaticket.Schema.Execution;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Organizations;

/// <summary>An organization's usage of its plan in one month.</summary>
/// <param name="MonthStartsAt">The start of the month, in UTC.</param>
/// <param name="TicketsConfirmed">The number of live tickets whose orders were confirmed since then.</param>
public sealed record Usage(DateTimeOffset MonthStartsAt, int TicketsConfirmed)
{
    /// <remarks>
    /// A ticket is created when its order is confirmed, and still counts after it is refunded. Test data never
    /// counts, so the number is 0 for a caller in test mode.
    /// </remarks>
    internal static async Task<Usage> ReadAsync(
        OperationContext operation, CancellationToken cancellationToken)
    {
        var now = operation.Stamps.Now();
        var start = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var tickets = await operation.Database.Attendees.CountAsync(
            ticket => ticket.Livemode && ticket.CreatedAt >= start, cancellationToken);
        return new Usage(start, tickets);
    }
}

public sealed class UsageGraphType : ObjectGraphType<Usage>
{
    public UsageGraphType()
    {
        Name = "Usage";
        Description = "Usage in the current month that counts toward your plan. Test data never counts.";
        this.Leaf("monthStartsAt", "The start of the calendar month, in UTC.", usage => usage.MonthStartsAt);
        this.Leaf("ticketsConfirmed",
            "The number of live tickets whose orders were confirmed this month, including refunded tickets; 0 in "
                + "test mode.",
            usage => usage.TicketsConfirmed);
    }
}
