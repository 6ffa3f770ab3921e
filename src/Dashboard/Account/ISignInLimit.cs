using Microsoft.AspNetCore.Http;

namespace Equaticket.Dashboard.Account;

/// <summary>Limits how often an IP address may sign in, sign up and request emails.</summary>
public interface ISignInLimit
{
    /// <exception cref="Engine.Errors.ApiError">There were too many attempts.</exception>
    Task CountSignInAsync(HttpContext http);
}
