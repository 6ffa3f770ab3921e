using System.Globalization;
using System.Security.Claims;
using Equaticket.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Equaticket.Testing;

/// <summary>Signs requests in as the user named in a header, instead of with the dashboard's cookie.</summary>
public sealed class TestSessions : IStartupFilter
{
    public const string Header = "X-Test-Session";

    public static (string Name, string Value) For(Guid userId, Guid organizationId, bool livemode) =>
        (Header, $"{userId} {organizationId} {livemode}");

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, proceed) =>
        {
            if (http.Request.Headers[Header] is [{ } session])
                http.User = Principal(session.Split(' '));
            return proceed(http);
        });
        next(app);
    };

    private static ClaimsPrincipal Principal(string[] session) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, session[0]),
            new(SessionClaims.Organization, session[1]),
            new(SessionClaims.Livemode, session[2].ToLower(CultureInfo.InvariantCulture)),
        ],
        "Test"));
}
