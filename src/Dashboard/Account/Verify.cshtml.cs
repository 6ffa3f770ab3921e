using Equaticket.Dashboard.Forms;
using Equaticket.Engine.Errors;
using Equaticket.Schema.Team;
using Microsoft.AspNetCore.Mvc;

namespace Equaticket.Dashboard.Account;

/// <summary>Has the user confirm their identity before they change how they sign in.</summary>
public sealed class VerifyPage(
    SessionRegistry sessions, SignIn signIn, PasskeySignIn passkeys, ISignInLimit limit) : AccountPage
{
    public bool HasPasskey { get; private set; }

    public Task OnGetAsync() => ReadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await limit.CountSignInAsync(HttpContext);
        if (Field(FormFields.Run) == PasskeySignIn.Options)
            return await passkeys.RequestAsync(Session.UserId);
        var result = await TryAsync(ActAsync);
        await ReadAsync();
        return result;
    }

    private async Task<IActionResult> ActAsync()
    {
        var stop = HttpContext.RequestAborted;
        if (Field(FormFields.Run) == "VerifyPasskey")
        {
            if ((await passkeys.CheckAsync(Field("credential"))).Id != Session.UserId)
                throw ApiError.Validation(null, "That passkey belongs to another account.");
        }
        else
        {
            var user = await signIn.CheckAsync(Session.Email, Field("password"), stop)
                ?? throw ApiError.Validation(
                    "password", "The password is incorrect, or there were too many attempts. Try again later.");
            await signIn.ForgetAttemptsAsync(user.Id, stop);
        }

        await sessions.VerifyAsync(Session.Id, stop);
        return See(ReturnPath());
    }

    private async Task ReadAsync() => HasPasskey = (await passkeys.ListAsync(Session.UserId)).Count > 0;
}
