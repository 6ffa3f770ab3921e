using Equaticket.Dashboard.Forms;
using Equaticket.Dashboard.Frame;
using Equaticket.Engine.Errors;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Team;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace Equaticket.Dashboard.Account;

/// <summary>The user's password and sessions.</summary>
public sealed class YourAccountPage(
    SessionRegistry sessions,
    SignIn signIn,
    Accounts accounts,
    SecondFactors factors,
    PasskeyRegistry passkeys,
    ISignInLimit limit) : AccountPage
{
    public IReadOnlyList<Session> Sessions { get; private set; } = [];

    public TotpState Totp { get; private set; } = new(null, 0);

    /// <summary>The number of passkeys.</summary>
    public int Passkeys { get; private set; }

    public async Task OnGetAsync()
    {
        Done = Flash.Take(HttpContext) switch
        {
            "EndSession" => "The session was signed out.",
            "EndOthers" => "You were signed out everywhere else.",
            "ChangePassword" => "Your password was changed, and you were signed out everywhere else.",
            "DisableTotp" => "The authenticator app was turned off.",
            _ => null,
        };
        await ReadAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var result = await TryAsync(ActAsync);
        await ReadAsync();
        return result;
    }

    private async Task<IActionResult> ActAsync()
    {
        var (run, stop) = (Field(FormFields.Run), HttpContext.RequestAborted);
        switch (run)
        {
            case "SignOut":
                await HttpContext.SignOutAsync(SessionAuthentication.Name);
                return See(DashboardGate.SignInPath);
            case "EndSession" when Guid.TryParse(Field("id"), out var id):
                await sessions.EndAsync(Session.UserId, id, stop);
                break;
            case "EndOthers":
                await sessions.EndAllAsync(Session.UserId, Session.Id, stop);
                break;
            case "ChangePassword":
                await limit.CountSignInAsync(HttpContext);
                var user = await signIn.CheckAsync(Session.Email, Field("password"), stop)
                    ?? throw ApiError.Validation("password", "The current password is incorrect.");
                await signIn.ForgetAttemptsAsync(user.Id, stop);
                await accounts.ChangePasswordAsync(user, Field("new_password"), Session.Id, stop);
                break;
            default:
                throw ApiError.Validation(null, "This page does not support that action.");
        }

        Flash.Leave(HttpContext, run);
        return See("/dashboard/account");
    }

    private async Task ReadAsync()
    {
        var stop = HttpContext.RequestAborted;
        Sessions = await sessions.ListAsync(Session.UserId, stop);
        Totp = await factors.StateAsync(Session.UserId, stop);
        Passkeys = (await passkeys.ListAsync(Session.UserId, stop)).Count;
    }
}
