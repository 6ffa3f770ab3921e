using Equaticket.Dashboard.Forms;
using Equaticket.Dashboard.Frame;
using Equaticket.Engine.Errors;
using Equaticket.Persistence.Team;
using Microsoft.AspNetCore.Mvc;

namespace Equaticket.Dashboard.Account;

/// <summary>Lists, adds, and removes the user's passkeys.</summary>
public sealed class PasskeysPage(PasskeySignIn passkeys, ISignInLimit limit, TimeProvider clock) : AccountPage
{
    public IReadOnlyList<Passkey> Passkeys { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (AskToVerify(clock) is { } ask)
            return ask;
        Done = Flash.Take(HttpContext) switch
        {
            "AddPasskey" => "The passkey was added. You can now sign in with it.",
            "RemovePasskey" => "The passkey was removed and no longer signs you in. Delete it on your device too.",
            _ => null,
        };
        await ReadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await limit.CountSignInAsync(HttpContext);
        if (AskToVerify(clock) is { } ask)
            return ask;
        if (Field(FormFields.Run) == PasskeySignIn.Options)
            return await passkeys.CreationAsync(Session.UserId);
        var result = await TryAsync(ActAsync);
        await ReadAsync();
        return result;
    }

    private async Task<IActionResult> ActAsync()
    {
        var run = Field(FormFields.Run);
        switch (run)
        {
            case "AddPasskey":
                await passkeys.AddAsync(Session.UserId, Field("name"), Field("credential"));
                break;
            case "RemovePasskey":
                await passkeys.RemoveAsync(Session.UserId, Field("id"));
                break;
            default:
                throw ApiError.Validation(null, "This page does not support that action.");
        }

        Flash.Leave(HttpContext, run);
        return See("/dashboard/account/passkeys");
    }

    private async Task ReadAsync() => Passkeys = await passkeys.ListAsync(Session.UserId);
}
