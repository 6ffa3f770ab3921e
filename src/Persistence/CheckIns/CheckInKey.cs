using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.CheckIns;

/// <summary>The ECDSA P-256 key that signs the tickets of an organization in one mode.</summary>
public sealed class CheckInKey : TenantEntity
{
    /// <summary>The public half as SubjectPublicKeyInfo (RFC 5280).</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>The private half as PKCS #8, encrypted.</summary>
    public required byte[] PrivateKey { get; init; }
}
