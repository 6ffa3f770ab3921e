using Equaticket.Engine.Errors;
using Equaticket.Schema.Team;
using Microsoft.AspNetCore.Mvc;

namespace Equaticket.Dashboard.Account;

/// <summary>
/// Confirms an email address through the link sent to it. Opening the link changes nothing, because mail scanners
/// open links too.
/// </summary>
public sealed class ConfirmPage(Accounts accounts, ISignInLimit limit) : AccountPage
{
    public bool IsConfirmed { get; private set; }

    public Task<IActionResult> OnPostAsync() => TryAsync(async () =>
    {
        await limit.CountSignInAsync(HttpContext);
        if (!await accounts.ConfirmEmailAsync($"{Request.Query["user"]}", $"{Request.Query["token"]}"))
            throw ApiError.Validation(null, "This link is no longer valid. Sign in to get a new one.");
        IsConfirmed = true;
        return Page();
    });
}
