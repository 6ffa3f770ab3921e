using System.Security.Claims;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Team;

namespace Equaticket.Host.Http;

/// <summary>Reads the signed-in user from the principal set by authentication.</summary>
internal sealed class Sessions(SessionDirectory directory)
{
    /// <summary>The organization that the session is for.</summary>
    public const string OrganizationClaim = "equaticket:organization";

    /// <summary><c>true</c> while the person is viewing live data.</summary>
    public const string LivemodeClaim = "equaticket:livemode";

    /// <returns>The caller, or null if no one is signed in.</returns>
    public async Task<Caller?> FindAsync(HttpContext http)
    {
        var person = http.User;
        if (!Guid.TryParse(person.FindFirstValue(ClaimTypes.NameIdentifier), out var userId)
            || !Guid.TryParse(person.FindFirstValue(OrganizationClaim), out var organizationId))
            return null;
        var livemode = person.FindFirstValue(LivemodeClaim) == "true";
        return await directory.FindAsync(
            userId, new TenantScope(organizationId, livemode), http.RequestAborted);
    }
}
