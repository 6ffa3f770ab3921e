namespace Equaticket.Persistence.Tenancy;

/// <summary>A row of one organization in one mode. The tenant filter covers it.</summary>
public abstract class TenantOwned : IOrganizationOwned
{
    public Guid OrganizationId { get; set; }

    public bool Livemode { get; set; }
}

/// <summary>Such a row with an id and the time at which it was created.</summary>
public abstract class TenantEntity : TenantOwned
{
    public required Guid Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
