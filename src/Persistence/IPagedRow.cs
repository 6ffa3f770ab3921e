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
    /// <summary>UTC with microseconds; set by the last write of a transaction.</summary>
    DateTimeOffset UpdatedAt { get; }
}
