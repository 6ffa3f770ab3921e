using System.Globalization;
using System.Security.Claims;
using Equaticket.Engine.Errors;
using Equaticket.Http;
using Equaticket.Schema.Team;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Equaticket.Dashboard.Frame;

/// <summary>Marks an endpoint of the dashboard.</summary>
/// <param name="IsOpen">Whether it is accessible without a session.</param>
public sealed record DashboardEndpoint(bool IsOpen = false);

/// <summary>
/// Guards every request to the dashboard: forms must come from the dashboard's own pages, and the user must be
/// signed in and a member of the organization in the URL.
/// </summary>
public sealed class DashboardGate(
    RequestDelegate next,
    IAntiforgery antiforgery,
    SameOriginRule sameOrigin,
    SessionDirectory directory,
    SessionRegistry sessions)
{
    public const string SignInPath = "/dashboard/sign-in";

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<DashboardEndpoint>() is { } endpoint)
        {
            sameOrigin.Check(http.Request);
            await SessionAuthentication.SetUserAsync(http);
            if (!endpoint.IsOpen && !await LetInAsync(http))
                return;
            await RequireOwnFormAsync(http);
        }

        await next(http);
    }

    private async Task RequireOwnFormAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
            return;
        try
        {
            await antiforgery.ValidateRequestAsync(http);
        }
        catch (AntiforgeryValidationException)
        {
            throw ApiError.Forbidden("This form is no longer valid. Go back, reload the page, and try again.");
        }
    }

    /// <returns>Whether to continue; otherwise the user is asked to sign in.</returns>
    /// <exception cref="ApiError">The user is not a member of the organization.</exception>
    private async Task<bool> LetInAsync(HttpContext http)
    {
        if (SessionOfRequest.Of(http) is not { } session)
        {
            AskToSignIn(http);
            return false;
        }

        if (http.GetRouteValue("org") is not string slug)
            return true;
        var livemode = http.GetRouteValue("mode") is not FrameOfPage.Test;
        var member = await directory.FindAsync(session.UserId, slug, livemode, http.RequestAborted)
            ?? throw ApiError.NotFound("page");
        http.Features.Set(new CallerFeature(member.Caller));
        http.Features.Set(new FrameOfPage(member.Caller, member.Organization, session.Email));
        if (session.OrganizationId != member.Organization.Id)
            await sessions.OpenAsync(session.Id, member.Organization.Id, http.RequestAborted);
        return true;
    }

    /// <summary>The page to return to after sign-in; for a form, the page that contains it.</summary>
    private static void AskToSignIn(HttpContext http)
    {
        var request = http.Request;
        var back = request.Path + (HttpMethods.IsPost(request.Method) ? default : request.QueryString);
        http.Response.SeeOther($"{SignInPath}?return={Uri.EscapeDataString(back)}");
    }
}

/// <summary>Reads the signed-in user from the authentication result.</summary>
public sealed record SessionOfRequest(
    Guid Id, Guid UserId, string Email, Guid? OrganizationId, DateTimeOffset VerifiedAt)
{
    internal const string VerifiedClaim = "equaticket:verified";

    public static SessionOfRequest? Of(HttpContext http)
    {
        var person = http.User;
        return Guid.TryParse(person.FindFirstValue(ClaimTypes.NameIdentifier), out var userId)
            && Guid.TryParse(person.FindFirstValue(SessionClaims.Session), out var id)
            ? new SessionOfRequest(
                id,
                userId,
                person.FindFirstValue(ClaimTypes.Email)!,
                Guid.TryParse(person.FindFirstValue(SessionClaims.Organization), out var open) ? open : null,
                DateTimeOffset.Parse(person.FindFirstValue(VerifiedClaim)!, CultureInfo.InvariantCulture))
            : null;
    }
}
