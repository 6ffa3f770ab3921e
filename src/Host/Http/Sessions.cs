using System.Security.Claims;
using Equaticket.Dashboard.Frame;
using Equaticket.Engine.Errors;
using Equaticket.Http;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Team;

namespace Equaticket.Host.Http;

/// <summary>Finds the signed-in user of a request.</summary>
internal sealed class Sessions(SessionRegistry registry, SessionDirectory directory, SameOriginRule sameOrigin)
{
    /// <returns>The caller, or null if no one is signed in.</returns>
    /// <exception cref="ApiError">Another site made the user's browser send the request.</exception>
    public async Task<Caller?> FindAsync(HttpContext http)
    {
        await SessionAuthentication.SetUserAsync(http);
        var person = http.User;
        if (!Guid.TryParse(person.FindFirstValue(ClaimTypes.NameIdentifier), out var userId)
            || !Guid.TryParse(person.FindFirstValue(SessionClaims.Organization), out var organizationId))
            return null;
        sameOrigin.Check(http.Request);
        var livemode = person.FindFirstValue(SessionClaims.Livemode) == "true";
        return await directory.FindAsync(
            userId, new TenantScope(organizationId, livemode), http.RequestAborted);
    }

    /// <summary>Looks the session and the membership up again while the response to a request is sent.</summary>
    /// <returns>The caller, or null if the session has ended or the user is no longer a member.</returns>
    public async Task<Caller?> FindAgainAsync(HttpContext http) =>
        Guid.TryParse(http.User.FindFirstValue(SessionClaims.Session), out var id)
        && !await registry.IsOpenAsync(id, http.RequestAborted)
            ? null
            : await FindAsync(http);
}
