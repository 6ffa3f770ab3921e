namespace Equaticket.Persistence.Orders;

/// <summary>Names of indexes whose violation is handled.</summary>
public static class OrderIndexes
{
    /// <summary>Two orders of an organization and mode were assigned the same number.</summary>
    public const string Number = "ix_orders_organization_id_livemode_number";
}
