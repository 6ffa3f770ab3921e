using Equaticket.Schema.Team;
using Microsoft.AspNetCore.Mvc;

namespace Equaticket.Dashboard.Account;

/// <summary>Creates an account and its organization, without revealing whether the address is registered.</summary>
public sealed class SignUpPage(Accounts accounts, ISignInLimit limit) : AccountPage
{
    /// <summary>The address the email is sent to; null until the form is submitted.</summary>
    public string? SentTo { get; private set; }

    public Task<IActionResult> OnPostAsync() => TryAsync(async () =>
    {
        await limit.CountSignInAsync(HttpContext);
        await accounts.SignUpAsync(
            Field("organization"), Field("email"), Field("password"), HttpContext.RequestAborted);
        SentTo = Field("email");
        return Page();
    });
}
