namespace Equaticket.Persistence.Tenancy;

/// <summary>
/// Whose rows a database context sees and makes: one organization, in one mode
/// (contract of the API: test and live data are fully isolated).
/// </summary>
public readonly record struct TenantScope(Guid OrganizationId, bool Livemode);
