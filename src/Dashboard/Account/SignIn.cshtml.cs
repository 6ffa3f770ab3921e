using Equaticket.Dashboard.Forms;
using Equaticket.Engine.Errors;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Team;
using Microsoft.AspNetCore.Mvc;

namespace Equaticket.Dashboard.Account;

/// <summary>Signs in by passkey, or by email address, password and, if set up, a code.</summary>
public sealed class SignInPage(
    SignIn signIn, Accounts accounts, PendingSignIn pending, PasskeySignIn passkeys, ISignInLimit limit) : AccountPage
{
    private const string Wrong =
        "Incorrect email or password, or too many attempts. Check both, try again later, or reset "
        + "your password.";

    private const string Unconfirmed =
        "Confirm your email address first. We just sent you a new link.";

    public IActionResult OnGet() =>
        HasSession ? See(ReturnPath()) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        await limit.CountSignInAsync(HttpContext);
        return Field(FormFields.Run) switch
        {
            PasskeySignIn.Options => await passkeys.RequestAsync(userId: null),
            "SignInWithPasskey" => await TryAsync(WithPasskeyAsync),
            _ => await TryAsync(WithPasswordAsync),
        };
    }

    /// <remarks>A passkey counts as two factors: the device and what unlocks it.</remarks>
    private async Task<IActionResult> WithPasskeyAsync() =>
        await LetInAsync(await passkeys.CheckAsync(Field("credential")));

    private async Task<IActionResult> WithPasswordAsync()
    {
        var user = await signIn.CheckAsync(Field("email"), Field("password"), HttpContext.RequestAborted)
            ?? throw ApiError.Validation("email", Wrong);
        if (user.TotpEnabledAt is null)
            return await LetInAsync(user);
        pending.Leave(HttpContext, user);
        return See($"/dashboard/second-step?return={Uri.EscapeDataString(ReturnPath())}");
    }

    private async Task<IActionResult> LetInAsync(User user)
    {
        if (user.EmailConfirmedAt is null)
        {
            await accounts.RequestConfirmationAsync(user, HttpContext.RequestAborted);
            throw ApiError.Validation("email", Unconfirmed);
        }

        await SignInAsync(user.Id);
        return See(ReturnPath());
    }
}
