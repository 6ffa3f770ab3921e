namespace Equaticket.Persistence.Tenancy;

/// <summary>A row of one organization in one mode. The tenant filter covers it.</summary>
public interface ITenantOwned : IOrganizationOwned
{
    bool Livemode { get; set; }
}

/// <summary>A row of one organization, whatever the mode. The tenant filter covers it.</summary>
public interface IOrganizationOwned
{
    Guid OrganizationId { get; set; }
}
