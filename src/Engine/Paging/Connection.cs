namespace Equaticket.Engine.Paging;

/// <summary>One page of a list.</summary>
/// <param name="Nodes">The rows, newest first.</param>
/// <param name="HasNextPage">Whether older rows follow.</param>
/// <param name="HasPreviousPage">Whether newer rows precede.</param>
/// <param name="CursorOf">Returns the cursor of a row.</param>
/// <param name="CountAsync">
/// Counts the whole list; called only if <c>totalCount</c> is requested. Returns an int, or a
/// data loader result that yields one.
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

    public IReadOnlyList<Edge<TRow>> Edges => field ??= [.. Nodes.Select(node => new Edge<TRow>(node, CursorOf(node)))];

    public string? StartCursor => Nodes.Count == 0 ? null : _startCursor ??= CursorOf(Nodes[0]).Encode();

    public string? EndCursor => Nodes.Count == 0 ? null : _endCursor ??= CursorOf(Nodes[^1]).Encode();
}

/// <summary>A row of a page, with its cursor.</summary>
public sealed record Edge<TRow>(TRow Node, Cursor Cursor);

/// <summary>The data of <c>PageInfo</c>, for rows of any type.</summary>
public interface IPageInfo
{
    bool HasNextPage { get; }

    bool HasPreviousPage { get; }

    /// <summary>Null on an empty page.</summary>
    string? StartCursor { get; }

    /// <summary>Null on an empty page.</summary>
    string? EndCursor { get; }
}
