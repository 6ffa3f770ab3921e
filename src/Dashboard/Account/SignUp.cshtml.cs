using Equaticket.Schema.Team;
using Microsoft.AspNetCore.Mvc;

namespace Equaticket.Dashboard.Account;

/// <summary>Makes an account with an organization. Says the same whether the address has one already.</summary>
public sealed class SignUpPage(Accounts accounts, ISignInLimit limit) : AccountPage
{
    /// <summary>The address that gets an e-mail; null before the form was sent.</summary>
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
