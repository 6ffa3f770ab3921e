using Equaticket.Persistence;

namespace Equaticket.Schema.Paging;

/// <summary>One page of a list.</summary>
/// <param name="Nodes">The rows, newest first.</param>
/// <param name="HasNextPage">Whether older rows follow.</param>
/// <param name="HasPreviousPage">Whether newer rows came before.</param>
/// <param name="CountAsync">
/// Counts the whole list; called only when <c>totalCount</c> is asked for. Returns an int, or a
/// loader's result that becomes one.
/// </param>
public sealed record Connection<TRow>(
    IReadOnlyList<TRow> Nodes,
    bool HasNextPage,
    bool HasPreviousPage,
    Func<CancellationToken, Task<object?>> CountAsync)
    : IPage
    where TRow : IPagedRow
{
    public string? StartCursor => Nodes.Count == 0 ? null : Cursor.Of(Nodes[0]).Encode();

    public string? EndCursor => Nodes.Count == 0 ? null : Cursor.Of(Nodes[^1]).Encode();
}

/// <summary>What <c>PageInfo</c> tells of a page, whatever its rows are.</summary>
public interface IPage
{
    bool HasNextPage { get; }

    bool HasPreviousPage { get; }

    string? StartCursor { get; }

    string? EndCursor { get; }
}
