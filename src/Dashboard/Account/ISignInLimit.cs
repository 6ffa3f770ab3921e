using Microsoft.AspNetCore.Http;

namespace Equaticket.Dashboard.Account;

/// <summary>Bounds how often an address may try to sign in, to sign up and to have e-mails sent.</summary>
public interface ISignInLimit
{
    /// <exception cref="Engine.Errors.ApiError">There were too many attempts.</exception>
    Task CountSignInAsync(HttpContext http);
}
