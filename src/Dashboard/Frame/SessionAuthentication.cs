using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Equaticket.Http;
using Equaticket.Schema.Team;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Equaticket.Dashboard.Frame;

/// <summary>
/// Authenticates users by the cookie <c>equaticket_session</c>, which contains only the key of a row in the database.
/// Each sign-in creates a new key, which prevents session fixation.
/// </summary>
public sealed class SessionAuthentication(
    SessionRegistry sessions,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder)
    : SignInAuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Session";
    public const string Cookie = "equaticket_session";

    /// <summary>The header that selects a session's mode: <c>live</c>, the default, or <c>test</c>.</summary>
    private const string ModeHeader = "Equaticket-Mode";

    /// <summary>
    /// Sets the user of a request from its cookie, if it has one. Called only for endpoints that ask for a user, so that
    /// assets load without the database and requests with a key don't pay for it.
    /// </summary>
    public static async Task SetUserAsync(HttpContext http)
    {
        if (http.Request.Cookies.ContainsKey(Cookie) && (await http.AuthenticateAsync(Name)).Principal is { } user)
            http.User = user;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Cookies[Cookie] is not { Length: > 0 } key
            || await sessions.FindAsync(key, Context.RequestAborted) is not { } known)
            return AuthenticateResult.NoResult();
        List<Claim> claims =
        [
            new(ClaimTypes.NameIdentifier, $"{known.Session.UserId}"),
            new(ClaimTypes.Email, known.Email),
            new(SessionClaims.Session, $"{known.Session.Id}"),
            new(SessionOfRequest.VerifiedClaim, known.Session.VerifiedAt.ToString("O", CultureInfo.InvariantCulture)),
            new(SessionClaims.Livemode, Request.Headers[ModeHeader] == FrameOfPage.Test ? "false" : "true"),
        ];
        if (known.Session.OrganizationId is { } open)
            claims.Add(new Claim(SessionClaims.Organization, $"{open}"));
        return AuthenticateResult.Success(new AuthenticationTicket(
            new ClaimsPrincipal(new ClaimsIdentity(claims, Name)), Name));
    }

    protected override async Task HandleSignInAsync(ClaimsPrincipal user, AuthenticationProperties? properties)
    {
        await HandleSignOutAsync(properties);
        var key = await sessions.BeginAsync(
            Guid.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier)!),
            Context.Connection.RemoteIpAddress?.ToString(),
            ClientText.ToStore(Request.Headers.UserAgent.ToString()),
            CancellationToken.None);
        Response.Cookies.Append(Cookie, key, DashboardCookies.Options(Context, TimeSpan.FromDays(400)));
    }

    protected override async Task HandleSignOutAsync(AuthenticationProperties? properties)
    {
        if (Request.Cookies[Cookie] is not { Length: > 0 } key)
            return;
        await sessions.EndAsync(key, CancellationToken.None);
        Response.Cookies.Delete(Cookie, DashboardCookies.Options(Context, lifetime: null));
    }
}
