namespace Equaticket.Persistence.Tenancy;

/// <summary>
/// The tenant whose rows a database context reads and adds: one organization in one mode
/// (test and live data are fully isolated).
/// </summary>
public readonly record struct TenantScope(Guid OrganizationId, bool Livemode);
