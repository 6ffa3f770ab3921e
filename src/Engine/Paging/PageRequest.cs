using Equaticket.Engine.Errors;
using Equaticket.Engine.Plans;
using GraphQL;

namespace Equaticket.Engine.Paging;

/// <summary>The requested page of a list.</summary>
/// <param name="Limit">The maximum number of rows, 1 to 100.</param>
/// <param name="IsBackward">Whether the page is at the end of the rows between the cursors, not the start.</param>
/// <param name="After">Returns only rows after this one; null for no bound.</param>
/// <param name="Before">Returns only rows before this one; null for no bound.</param>
public sealed record PageRequest(int Limit, bool IsBackward, Cursor? After, Cursor? Before)
{
    public const int DefaultLimit = 25;
    public const int MaxLimit = 100;

    /// <summary>
    /// The members of the rows that the operation reads, sorted and separated by spaces; null if it may read any.
    /// </summary>
    public string? Members { get; init; }

    /// <exception cref="ApiError">Both <c>first</c> and <c>last</c> are given.</exception>
    public static PageRequest From(IResolveFieldContext context)
    {
        var (first, last) = (context.GetArgument<int?>("first"), context.GetArgument<int?>("last"));
        var (after, before) =
            (context.GetArgument<Cursor?>("after"), context.GetArgument<Cursor?>("before"));
        if (first is not null && last is not null)
            throw ApiError.Validation("last", "Use first or last, not both.");
        var isBackward = last is not null || (first is null && after is null && before is not null);
        return new PageRequest(first ?? last ?? DefaultLimit, isBackward, after, before)
        {
            Members = PlannedStrategy.PlanOf(context)?.PageMembers,
        };
    }
}
