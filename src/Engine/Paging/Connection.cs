namespace Equaticket.Engine.Paging;

/// <summary>One page of a list.</summary>
/// <param name="Nodes">The rows, newest first.</param>
/// <param name="HasNextPage">Whether older rows follow.</param>
/// <param name="HasPreviousPage">Whether newer rows came before.</param>
/// <param name="CursorOf">The place of a row in the list.</param>
/// <param name="CountAsync">
/// Counts the whole list; called only when <c>totalCount</c> is asked for. Returns an int, or a
/// loader's result that becomes one.
/// </param>
public sealed record Connection<TRow>(
    IReadOnlyList<TRow> Nodes,
    bool HasNextPage,
    bool HasPreviousPage,
    Func<TRow, Cursor> CursorOf,
    Func<CancellationToken, Task<object?>> CountAsync)
    : IPageInfo
{
    private string? _startCursor;
    private string? _endCursor;

    public IEnumerable<Edge<TRow>> Edges =>
        Nodes.Select(node => new Edge<TRow>(node, CursorOf(node)));

    public string? StartCursor => Nodes.Count == 0 ? null : _startCursor ??= CursorOf(Nodes[0]).Encode();

    public string? EndCursor => Nodes.Count == 0 ? null : _endCursor ??= CursorOf(Nodes[^1]).Encode();
}

/// <summary>A row of a page and its place in the list.</summary>
public sealed record Edge<TRow>(TRow Node, Cursor Cursor);

/// <summary>What <c>PageInfo</c> shows of a page, whatever its rows are.</summary>
public interface IPageInfo
{
    bool HasNextPage { get; }

    bool HasPreviousPage { get; }

    /// <summary>Null on an empty page.</summary>
    string? StartCursor { get; }

    /// <summary>Null on an empty page.</summary>
    string? EndCursor { get; }
}
