using Equaticket.Engine.Errors;
using Equaticket.Schema.Team;
using Microsoft.AspNetCore.Mvc;

namespace Equaticket.Dashboard.Account;

/// <summary>Sets a new password through an emailed link.</summary>
public sealed class ResetPasswordPage(Accounts accounts, ISignInLimit limit) : AccountPage
{
    public bool IsReset { get; private set; }

    public Task<IActionResult> OnPostAsync() => TryAsync(async () =>
    {
        await limit.CountSignInAsync(HttpContext);
        if (!await accounts.ResetPasswordAsync(
            $"{Request.Query["user"]}", $"{Request.Query["token"]}", Field("password"), HttpContext.RequestAborted))
            throw ApiError.Validation(null, "This link is no longer valid. Request a new one.");
        IsReset = true;
        return Page();
    });
}
