namespace Equaticket.Persistence.CheckIns;

/// <summary>Names of indexes whose violation is handled.</summary>
public static class ScanIndexes
{
    /// <summary>Two scans of an organization and mode came with the same nonce.</summary>
    public const string Nonce = "ix_scans_organization_id_livemode_nonce";
}
