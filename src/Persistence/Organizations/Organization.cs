namespace Equaticket.Persistence.Organizations;

/// <summary>A customer of Equaticket: the tenant that owns events, orders and keys.</summary>
public sealed class Organization
{
    public required Guid Id { get; init; }

    /// <summary>1–100 characters of <c>a-z0-9-</c>, unique over all organizations.</summary>
    public required string Slug { get; init; }

    /// <summary>1–200 characters, shown to people.</summary>
    public required string Name { get; set; }

    public required Plan Plan { get; set; }

    /// <summary>When an owner or admin accepted the API terms; null until then.</summary>
    public DateTimeOffset? ApiTermsAcceptedAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
