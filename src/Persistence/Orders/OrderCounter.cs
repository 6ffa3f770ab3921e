using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Orders;

/// <summary>The last order number of an organization in one mode.</summary>
public sealed class OrderCounter : ITenantOwned
{
    public Guid OrganizationId { get; set; }

    public bool Livemode { get; set; }

    public required long Last { get; init; }
}
