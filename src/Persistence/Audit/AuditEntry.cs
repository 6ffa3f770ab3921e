using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Audit;

/// <summary>
/// A security-relevant action. The table is append-only: the database refuses to change or remove
/// one.
/// </summary>
public sealed class AuditEntry : IOrganizationOwned, IPagedRow
{
    public required Guid Id { get; init; }

    public Guid OrganizationId { get; set; }

    public required AuditAction Action { get; init; }

    /// <summary>The key, user or organization that the action affected.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>The user who acted; null for keys and operators.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The API key that acted; null for users and operators.</summary>
    public Guid? ApiKeyId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
