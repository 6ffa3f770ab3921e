using System.Globalization;
using System.Security.Cryptography;
using Equaticket.Dashboard.Frame;
using Equaticket.Persistence.Team;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace Equaticket.Dashboard.Account;

/// <summary>
/// Remembers, in an encrypted cookie, a user who has entered the password but not yet a code. The cookie grants
/// no access by itself.
/// </summary>
public sealed class PendingSignIn(IDataProtectionProvider protection, UserManager<User> users)
{
    private const string Cookie = "equaticket_second_step";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector _protector =
        protection.CreateProtector("Equaticket.SecondStep").ToTimeLimitedDataProtector();

    public void Leave(HttpContext http, User user) => http.Response.Cookies.Append(
        Cookie,
        _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{user.Id} {user.SecurityStamp}"), Lifetime),
        DashboardCookies.Options(http, Lifetime));

    /// <returns>Null if no sign-in is pending or the password has changed since.</returns>
    public async Task<User?> FindAsync(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { } text)
            return null;
        try
        {
            return _protector.Unprotect(text).Split(' ') is [var id, var stamp]
                && await users.FindByIdAsync(id) is { } user && user.SecurityStamp == stamp
                ? user
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public static void End(HttpContext http) =>
        http.Response.Cookies.Delete(Cookie, DashboardCookies.Options(http, lifetime: null));
}
