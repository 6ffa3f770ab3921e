using System.Security.Claims;
using Equaticket.Dashboard.Forms;
using Equaticket.Dashboard.Frame;
using Equaticket.Engine.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Primitives;

namespace Equaticket.Dashboard.Account;

/// <summary>A page about the user's own account, outside any organization.</summary>
public abstract class AccountPage : PageModel, IFormPage
{
    /// <summary>How long after entering a password or passkey the user may change how they sign in.</summary>
    private static readonly TimeSpan ProofLifetime = TimeSpan.FromMinutes(10);

    private bool _isPosted;

    public ApiError? Error { get; private set; }

    /// <summary>The confirmation of the last form.</summary>
    public string? Done { get; protected set; }

    public string IdempotencyKey { get; } = Ids.Next();

    public StringValues ValueOf(string? run, string field, StringValues given) =>
        _isPosted && Request.Form[FormFields.Run] == run ? Request.Form[field]
        : Request.Query.TryGetValue(field, out var asked) ? asked : given;

    public string? FaultOf(string? run, string field) =>
        Error?.Param == field && Request.Form[FormFields.Run] == run ? Error.Message : null;

    public string? Refusal(string run) => null;

    /// <summary>Handles a form, or shows it again with its errors.</summary>
    protected async Task<IActionResult> TryAsync(Func<Task<IActionResult>> act)
    {
        _isPosted = true;
        try
        {
            return await act();
        }
        catch (ApiError error) when (error.ErrorCode == ErrorCode.ValidationError)
        {
            return Refuse(error);
        }
    }

    protected PageResult Refuse(ApiError error)
    {
        Error = error;
        Response.StatusCode = error.ErrorCode.HttpStatus();
        return Page();
    }

    protected string Field(string name) => Request.Form[name].ToString();

    protected StatusCodeResult See(string path)
    {
        Response.Headers.Location = path;
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>The page to return to, if it is one of the dashboard's.</summary>
    protected string ReturnPath() =>
        Request.Query["return"] is [{ } path] && Url.IsLocalUrl(path)
            && (path == "/dashboard" || path.StartsWith("/dashboard/", StringComparison.Ordinal))
            ? path
            : "/dashboard";

    /// <summary>Has users confirm their identity, unless they did so recently, and return.</summary>
    /// <returns>The redirect to the confirmation; null to continue.</returns>
    protected StatusCodeResult? AskToVerify(TimeProvider clock) =>
        clock.GetUtcNow() - SessionOfRequest.Of(HttpContext)!.VerifiedAt < ProofLifetime
            ? null
            : See($"/dashboard/account/verify?return={Uri.EscapeDataString(Request.Path)}");

    protected Task SignInAsync(Guid userId) => HttpContext.SignInAsync(
        SessionAuthentication.Name,
        new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, $"{userId}")], SessionAuthentication.Name)));
}
