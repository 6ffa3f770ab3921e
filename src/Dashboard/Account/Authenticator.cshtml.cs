using Equaticket.Dashboard.Forms;
using Equaticket.Dashboard.Frame;
using Equaticket.Engine.Errors;
using Equaticket.Schema.Team;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Equaticket.Dashboard.Account;

/// <summary>Sets up and turns off the authenticator app, and shows new recovery codes once.</summary>
public sealed class AuthenticatorPage(
    SecondFactors factors, SignIn signIn, ISignInLimit limit, TimeProvider clock) : AccountPage
{
    public TotpState State { get; private set; } = new(null, 0);

    /// <summary>The code to scan; null if the app is already set up.</summary>
    public TotpSetup? Setup { get; private set; }

    /// <summary>Recovery codes that were just created; otherwise null.</summary>
    public IReadOnlyList<string>? NewCodes { get; private set; }

    public async Task<IActionResult> OnGetAsync() => AskToVerify(clock) ?? await ShowAsync(Page());

    public async Task<IActionResult> OnPostAsync() =>
        AskToVerify(clock) ?? await ShowAsync(await TryAsync(ActAsync));

    private async Task<IActionResult> ActAsync()
    {
        await limit.CountSignInAsync(HttpContext);
        var stop = HttpContext.RequestAborted;
        switch (Field(FormFields.Run))
        {
            case "EnableTotp":
                NewCodes = await factors.EnableAsync(Session.UserId, Field("code"), stop);
                return Page();
            case "RenewCodes":
                NewCodes = await factors.RenewCodesAsync(Session.UserId, stop);
                return Page();
            case "DisableTotp":
                var user = await signIn.CheckAsync(Session.Email, Field("password"), stop)
                    ?? throw ApiError.Validation("password", "The password is incorrect.");
                await signIn.ForgetAttemptsAsync(user.Id, stop);
                await factors.DisableAsync(user.Id, stop);
                Flash.Leave(HttpContext, "DisableTotp");
                return See("/dashboard/account");
            default:
                throw ApiError.Validation(null, "This page does not support that action.");
        }
    }

    private async Task<IActionResult> ShowAsync(IActionResult result)
    {
        if (result is not PageResult)
            return result;
        State = await factors.StateAsync(Session.UserId, HttpContext.RequestAborted);
        if (State.EnabledAt is null)
            Setup = await factors.BeginAsync(Session.UserId, HttpContext.RequestAborted);
        return result;
    }
}
