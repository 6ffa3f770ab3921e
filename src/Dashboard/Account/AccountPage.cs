using System.Security.Claims;
using Equaticket.Dashboard.Forms;
using Equaticket.Dashboard.Frame;
using Equaticket.Engine.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Equaticket.Dashboard.Account;

/// <summary>A page about the user's own account, outside any organization.</summary>
public abstract class AccountPage : FormPage
{
    /// <summary>How long after entering a password or passkey the user may change how they sign in.</summary>
    private static readonly TimeSpan ProofLifetime = TimeSpan.FromMinutes(10);

    public bool HasSession => SessionOfRequest.Of(HttpContext) is not null;

    /// <summary>The session, which most pages require.</summary>
    public SessionOfRequest Session => SessionOfRequest.Of(HttpContext)!;

    /// <summary>Handles a form, or shows it again with its errors.</summary>
    protected async Task<IActionResult> TryAsync(Func<Task<IActionResult>> act)
    {
        Posted = Request.Form[FormFields.Run];
        try
        {
            return await act();
        }
        catch (ApiError error) when (error.ErrorCode == ErrorCode.ValidationError)
        {
            Error = error;
            Response.StatusCode = error.ErrorCode.HttpStatus();
            return Page();
        }
    }

    protected string Field(string name) => Request.Form[name].ToString();

    /// <summary>The page to return to, if it is one of the dashboard's.</summary>
    protected string ReturnPath() =>
        Request.Query["return"] is [{ } path] && Url.IsLocalUrl(path)
            && (path == "/dashboard" || path.StartsWith("/dashboard/", StringComparison.Ordinal))
            ? path
            : "/dashboard";

    /// <summary>Has users confirm their identity, unless they did so recently, and return.</summary>
    /// <returns>The redirect to the confirmation; null to continue.</returns>
    protected IActionResult? AskToVerify(TimeProvider clock) =>
        clock.GetUtcNow() - Session.VerifiedAt < ProofLifetime
            ? null
            : See($"/dashboard/account/verify?return={Uri.EscapeDataString(Request.Path)}");

    protected Task SignInAsync(Guid userId) => HttpContext.SignInAsync(
        SessionAuthentication.Name,
        new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, $"{userId}")], SessionAuthentication.Name)));
}

/// <summary>Limits how often an IP address may sign in, sign up, and request emails.</summary>
public interface ISignInLimit
{
    /// <exception cref="Engine.Errors.ApiError">There were too many attempts.</exception>
    Task CountSignInAsync(HttpContext http);
}
