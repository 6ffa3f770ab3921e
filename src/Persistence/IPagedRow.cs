namespace Equaticket.Persistence;

/// <summary>A row of a list that is paged by <c>(created_at, id)</c>, newest first.</summary>
public interface IPagedRow
{
    Guid Id { get; }

    /// <summary>UTC with microseconds; never changes.</summary>
    DateTimeOffset CreatedAt { get; }
}

/// <summary>
/// A row of such a list that is also indexed by its last change, so that clients can poll for changes.
/// </summary>
public interface IChangingRow : IPagedRow
{
    /// <summary>
    /// UTC with microseconds; set by the last write of a transaction. Equal to the creation time of a row that never
    /// changed.
    /// </summary>
    DateTimeOffset UpdatedAt { get; }
}

/// <summary>The index of such a list by its last change.</summary>
internal static class ChangingRows
{
    /// <summary>The rows in the index. Unchanged rows are found by their creation time.</summary>
    public const string Condition = "updated_at > created_at";
}
