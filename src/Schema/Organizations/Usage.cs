using Equaticket.Engine.Fields;
using Equaticket.Schema.Execution;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Organizations;

/// <summary>What counts towards an organization's plan in one month.</summary>
/// <param name="MonthStartsAt">The first moment of the month, UTC.</param>
/// <param name="TicketsConfirmed">Live tickets whose orders were confirmed since.</param>
public sealed record Usage(DateTimeOffset MonthStartsAt, int TicketsConfirmed)
{
    /// <remarks>
    /// A ticket is made when its order is confirmed, and stays when it is refunded. Nothing of test
    /// mode counts, so that is none for a caller who sees test data.
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
        Description = "Usage in the current month that counts towards your plan. Test data never counts.";
        this.Leaf("monthStartsAt", "The start of the calendar month, in UTC.", usage => usage.MonthStartsAt);
        this.Leaf("ticketsConfirmed",
            "The number of live tickets whose orders were confirmed this month, including refunded tickets; 0 in "
                + "test mode.",
            usage => usage.TicketsConfirmed);
    }
}
