using Equaticket.Engine.Errors;
using GraphQL;

namespace Equaticket.Engine.Paging;

/// <summary>Which page of a list is asked for.</summary>
/// <param name="Limit">The most rows to return, 1 to 100.</param>
/// <param name="IsBackward">Whether the page is the end of what the cursors leave, rather than the start.</param>
/// <param name="After">Rows that follow this one; null for no bound.</param>
/// <param name="Before">Rows that come before this one; null for no bound.</param>
public sealed record PageRequest(int Limit, bool IsBackward, Cursor? After, Cursor? Before)
{
    public const int DefaultLimit = 25;
    public const int MaxLimit = 100;

    /// <exception cref="ApiError">Both ends are asked for.</exception>
    public static PageRequest From(IResolveFieldContext context)
    {
        var (first, last) = (context.GetArgument<int?>("first"), context.GetArgument<int?>("last"));
        var (after, before) =
            (context.GetArgument<Cursor?>("after"), context.GetArgument<Cursor?>("before"));
        if (first is not null && last is not null)
            throw ApiError.Validation("last", "Use first or last, not both.");
        var isBackward = last is not null || (first is null && after is null && before is not null);
        return new PageRequest(first ?? last ?? DefaultLimit, isBackward, after, before);
    }
}
