using Equaticket.Dashboard.Forms;
using Equaticket.Dashboard.Frame;
using Equaticket.Engine.Errors;
using Equaticket.Schema.Team;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace Equaticket.Dashboard.Account;

/// <summary>
/// Accepts an invitation with the current account, another one, or a new one for the invited
/// address. Opening the link changes nothing, because mail scanners open links too.
/// </summary>
public sealed class InvitationPage(Invitations invitations, ISignInLimit limit) : AccountPage
{
    /// <summary>The invitation; null if the link is no longer valid.</summary>
    public OpenInvitation? Open { get; private set; }

    private string Token => $"{Request.Query["token"]}";

    public async Task OnGetAsync()
    {
        await limit.CountSignInAsync(HttpContext);
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
        await limit.CountSignInAsync(HttpContext);
        var stop = HttpContext.RequestAborted;
        switch (Field(FormFields.Run))
        {
            case "Join" when HasSession:
                var slug = await invitations.AcceptAsync(Token, Session.UserId, stop);
                return See($"/dashboard/{slug}/{FrameOfPage.Live}");
            case "JoinAsNew" when !HasSession:
                var user = await invitations.AcceptAsNewAsync(Token, Field("password"), stop);
                await SignInAsync(user.Id);
                return See("/dashboard");
            case "SignOut":
                await HttpContext.SignOutAsync(SessionAuthentication.Name);
                return See(Request.Path + Request.QueryString);
            default:
                throw ApiError.Validation(
                    null, "You signed in or out in the meantime. Check the account and try again.");
        }
    }

    private async Task ReadAsync() => Open = await invitations.FindAsync(Token, HttpContext.RequestAborted);
}
