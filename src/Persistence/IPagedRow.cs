namespace Equaticket.Persistence;

/// <summary>A row of a list that is paged by <c>(created_at, id)</c>, newest first.</summary>
public interface IPagedRow
{
    Guid Id { get; }

    /// <summary>UTC with microseconds; never changes.</summary>
    DateTimeOffset CreatedAt { get; }
}
