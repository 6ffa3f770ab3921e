using Equaticket.Dashboard.Frame;
using Equaticket.Persistence.Organizations;
using Equaticket.Schema.Team;
using Microsoft.AspNetCore.Mvc;

namespace Equaticket.Dashboard.Account;

/// <summary>Redirects to the user's organization, or lets them choose one.</summary>
public sealed class StartPage(SessionDirectory directory) : AccountPage
{
    public IReadOnlyList<Organization> Organizations { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        Organizations = await directory.OrganizationsAsync(Session.UserId, HttpContext.RequestAborted);
        var open = Request.Query.ContainsKey("switch")
            ? null
            : Organizations.FirstOrDefault(o => o.Id == Session.OrganizationId || Organizations.Count == 1);
        return open is null ? Page() : See($"/dashboard/{open.Slug}/{FrameOfPage.Live}");
    }
}
