using Equaticket.Dashboard.Frame;
using Equaticket.Engine.Errors;
using Equaticket.Schema.Team;
using Microsoft.AspNetCore.Mvc;

namespace Equaticket.Dashboard.Account;

/// <summary>Signs a person in by e-mail address and password.</summary>
public sealed class SignInPage(SignIn signIn, Accounts accounts, ISignInLimit limit) : AccountPage
{
    private const string Wrong =
        "Email and password do not match, or there were too many attempts. Check both, try again later, or reset "
        + "the password.";

    private const string Unconfirmed =
        "Confirm your email address first. We have just sent you another link.";

    public IActionResult OnGet() =>
        SessionOfRequest.Of(HttpContext) is null ? Page() : See(ReturnPath());

    public Task<IActionResult> OnPostAsync() => TryAsync(async () =>
    {
        await limit.CountSignInAsync(HttpContext);
        var user = await signIn.CheckAsync(Field("email"), Field("password"), HttpContext.RequestAborted)
            ?? throw ApiError.Validation("email", Wrong);
        if (user.EmailConfirmedAt is null)
        {
            await accounts.RequestConfirmationAsync(user, HttpContext.RequestAborted);
            throw ApiError.Validation("email", Unconfirmed);
        }

        await SignInAsync(user.Id);
        return See(ReturnPath());
    });
}
