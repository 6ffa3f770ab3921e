namespace Equaticket.Persistence.Events;

/// <summary>Names of indexes whose violation is reported to the caller.</summary>
public static class EventIndexes
{
    /// <summary>A slug is taken within an organization and mode.</summary>
    public const string Slug = "ix_events_slug";
}
