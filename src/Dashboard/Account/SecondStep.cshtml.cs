using Equaticket.Dashboard.Frame;
using Equaticket.Engine.Errors;
using Equaticket.Schema.Team;
using Microsoft.AspNetCore.Mvc;

namespace Equaticket.Dashboard.Account;

/// <summary>Asks for an authenticator code after the password.</summary>
public sealed class SecondStepPage(
    PendingSignIn pending, SignIn signIn, SecondFactors factors, ISignInLimit limit) : AccountPage
{
    private const string Wrong =
        "That code is not valid or was already used, or there were too many attempts. Enter the next code that the "
        + "app shows, or a recovery code.";

    public async Task<IActionResult> OnGetAsync() =>
        await pending.FindAsync(HttpContext) is null ? See(DashboardGate.SignInPath) : Page();

    public Task<IActionResult> OnPostAsync() => TryAsync(async () =>
    {
        await limit.CountSignInAsync(HttpContext);
        if (await pending.FindAsync(HttpContext) is not { } user)
            return See(DashboardGate.SignInPath);
        var stop = HttpContext.RequestAborted;
        if (!await signIn.CountAsync(user.Id, stop) || !await factors.CheckAsync(user.Id, Field("code"), stop))
            throw ApiError.Validation("code", Wrong);
        await signIn.ForgetAttemptsAsync(user.Id, stop);
        PendingSignIn.End(HttpContext);
        await SignInAsync(user.Id);
        return See(ReturnPath());
    });
}
