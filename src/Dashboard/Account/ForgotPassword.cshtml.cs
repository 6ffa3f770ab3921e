using Equaticket.Schema.Team;
using Microsoft.AspNetCore.Mvc;

namespace Equaticket.Dashboard.Account;

/// <summary>Sends a password reset link. The response is the same for every address.</summary>
public sealed class ForgotPasswordPage(Accounts accounts, ISignInLimit limit) : AccountPage
{
    /// <summary>The submitted address; null until the form is submitted.</summary>
    public string? SentTo { get; private set; }

    public Task<IActionResult> OnPostAsync() => TryAsync(async () =>
    {
        await limit.CountSignInAsync(HttpContext);
        await accounts.RequestPasswordResetAsync(Field("email"), HttpContext.RequestAborted);
        SentTo = Field("email");
        return Page();
    });
}
