using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Activity;

/// <summary>When an API key was last used. Separate from the key, so that use does not change the key's row.</summary>
public sealed class ApiKeyUse : IOrganizationOwned
{
    public Guid OrganizationId { get; set; }

    public required Guid ApiKeyId { get; init; }

    public required DateTimeOffset LastUsedAt { get; set; }
}
