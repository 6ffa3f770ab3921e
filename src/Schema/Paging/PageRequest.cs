using Equaticket.Schema.Errors;
using GraphQL;

namespace Equaticket.Schema.Paging;

/// <summary>Which page of a list is asked for.</summary>
/// <param name="Limit">The most rows to return, 1 to 100.</param>
/// <param name="IsBackward">Whether the page ends before the cursor, rather than starts after it.</param>
/// <param name="Cursor">Where the page starts or ends; null for the first or last page.</param>
public sealed record PageRequest(int Limit, bool IsBackward, Cursor? Cursor)
{
    public const int DefaultLimit = 25;
    public const int MaxLimit = 100;

    /// <exception cref="ApiError">A cursor is broken, or both directions are asked for.</exception>
    public static PageRequest From(IResolveFieldContext context)
    {
        var (first, last) = (context.GetArgument<int?>("first"), context.GetArgument<int?>("last"));
        var (after, before) =
            (context.GetArgument<string?>("after"), context.GetArgument<string?>("before"));
        if ((last is not null || before is not null) && (first is not null || after is not null))
        {
            throw ApiError.Validation(
                last is not null ? "last" : "before",
                "Page forward with first and after, or backward with last and before, not both.");
        }

        return last is not null || before is not null
            ? new PageRequest(last ?? DefaultLimit, true, Decode("before", before))
            : new PageRequest(first ?? DefaultLimit, false, Decode("after", after));
    }

    private static Cursor? Decode(string name, string? text)
    {
        if (text is null)
            return null;
        return Paging.Cursor.TryDecode(text, out var cursor)
            ? cursor
            : throw ApiError.Validation(
                name, "This is no cursor. Pass one from an earlier page, unchanged.");
    }
}
