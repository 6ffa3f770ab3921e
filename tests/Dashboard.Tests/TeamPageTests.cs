using System.Text.RegularExpressions;
using Equaticket.Persistence.Team;

namespace Equaticket.Dashboard.Tests;

/// <summary>Inviting users, joining, changing roles, and removing members.</summary>
public sealed partial class TeamPageTests : DashboardTest
{
    private string Team => $"{Live}/settings/team";

    [Fact]
    public async Task An_invited_user_creates_an_account_and_joins_once()
    {
        using var admin = await SignInAsync(Role.Admin);
        var email = NewAddress();
        var link = await InviteAsync(admin, email, "event_manager");
        Assert.Contains(email, (await admin.GetAsync(Team)).Body, StringComparison.Ordinal);
        using var person = new DashboardClient(Host.Address);
        var page = await person.GetAsync(link);
        Assert.Contains($"Join {Org.Organization.Name}", page.Body, StringComparison.Ordinal);
        Assert.Contains("as an event manager", page.Body, StringComparison.Ordinal);
        Assert.Contains(
            "12 to 200 characters",
            (await person.PostAsync(link, "JoinAsNew", ("password", "short"))).Body, StringComparison.Ordinal);
        Assert.Equal(303, (await person.PostAsync(link, "JoinAsNew", ("password", Password))).Status);
        Assert.Equal(Live, (await person.GetAsync("/dashboard")).Location);
        Assert.Equal(200, (await person.GetAsync($"{Live}/events")).Status);
        Assert.Equal(403, (await person.GetAsync(Team)).Status);
        Assert.Contains("no longer valid", (await person.GetAsync(link)).Body, StringComparison.Ordinal);
        using var later = new DashboardClient(Host.Address);
        Assert.Equal(303, (await later.SignInAsync(email, Password)).Status);
    }

    [Fact]
    public async Task A_user_with_an_account_signs_in_and_joins()
    {
        var email = await AddMemberAsync(Role.Owner, (await Host.CreateOrganizationAsync()).Organization);
        using var admin = await SignInAsync(Role.Admin);
        var link = await InviteAsync(admin, email, "admin");
        using var person = new DashboardClient(Host.Address);
        Assert.Contains("Sign in to join", (await person.GetAsync(link)).Body, StringComparison.Ordinal);
        var back = await person.SignInAsync(email, Password, $"?return={Uri.EscapeDataString(link)}");
        Assert.Equal((303, link), (back.Status, back.Location));
        Assert.Equal((303, Live), Where(await person.PostAsync(link, "Join")));
        Assert.Equal(200, (await person.GetAsync(Team)).Status);
    }

    [Fact]
    public async Task A_user_signed_in_to_another_account_sees_which_one_before_joining()
    {
        using var admin = await SignInAsync(Role.Admin);
        var link = await InviteAsync(admin, NewAddress(), "check_in_only");
        var other = await AddMemberAsync(Role.Owner, (await Host.CreateOrganizationAsync()).Organization);
        using var person = new DashboardClient(Host.Address);
        await person.SignInAsync(other, Password);
        var page = await person.GetAsync(link);
        Assert.Contains($"you are signed in as <strong>{other}</strong>", page.Body, StringComparison.Ordinal);
        Assert.Equal((303, Live), Where(await person.PostAsync(link, "Join")));
        Assert.Contains(other, (await admin.GetAsync(Team)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_who_opens_an_invitation_sees_that_they_are_already_a_member()
    {
        using var admin = await SignInAsync(Role.Admin);
        var link = await InviteAsync(admin, NewAddress(), "admin");
        var refused = await admin.PostAsync(link, "Join");
        Assert.Equal(400, refused.Status);
        Assert.Contains($"already a member of {Org.Organization.Name}", refused.Body, StringComparison.Ordinal);
        using var person = new DashboardClient(Host.Address);
        Assert.Equal(303, (await person.PostAsync(link, "JoinAsNew", ("password", Password))).Status);
    }

    [Fact]
    public async Task Only_one_of_two_concurrent_uses_of_a_link_joins()
    {
        using var admin = await SignInAsync(Role.Admin);
        var link = await InviteAsync(admin, NewAddress(), "admin");
        var other = (await Host.CreateOrganizationAsync()).Organization;
        using var one = await SignInAsync(Role.Admin, other);
        using var two = await SignInAsync(Role.Admin, other);
        var answers = await Task.WhenAll(one.PostAsync(link, "Join"), two.PostAsync(link, "Join"));
        Assert.Equal([303, 400], answers.Select(answer => answer.Status).Order());
    }

    [Fact]
    public async Task A_link_is_invalid_once_the_invitation_is_sent_again_or_cancelled()
    {
        using var admin = await SignInAsync(Role.Admin);
        var email = NewAddress();
        var first = await InviteAsync(admin, email, "admin");
        var second = "";
        Assert.Equal(303, (await admin.PostAsync(Team, "InviteMember", ("email", email), ("role", "admin"))).Status);
        await Poll.UntilAsync(
            async () => (second = await SentMail.LinkToAsync(Host, email, "invitation")) != first);
        using var person = new DashboardClient(Host.Address);
        Assert.Contains("no longer valid", (await person.GetAsync(first)).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("no longer valid", (await person.GetAsync(second)).Body, StringComparison.Ordinal);
        Assert.Equal(303, (await admin.PostAsync(Team, "CancelInvitation")).Status);
        Assert.Contains("no longer valid", (await person.GetAsync(second)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_cannot_be_invited_and_no_one_can_be_invited_as_owner()
    {
        using var admin = await SignInAsync(Role.Admin);
        var known = await AddMemberAsync(Role.EventManager);
        var refused = await admin.PostAsync(
            Team, "InviteMember", ("email", known.ToUpperInvariant()), ("role", "admin"));
        Assert.Equal(409, refused.Status);
        Assert.Contains("is already a member.", refused.Body, StringComparison.Ordinal);
        Assert.Equal(
            400, (await admin.PostAsync(Team, "InviteMember", ("email", NewAddress()), ("role", "owner"))).Status);
    }

    [Fact]
    public async Task Role_changes_and_removals_take_effect_immediately()
    {
        using var admin = await SignInAsync(Role.Admin);
        var email = await AddMemberAsync(Role.CheckInOnly);
        using var member = new DashboardClient(Host.Address);
        await member.SignInAsync(email, Password);
        Assert.Equal(403, (await member.GetAsync($"{Live}/orders")).Status);
        var path = await PathOfAsync(admin, email);
        Assert.Equal(303, (await admin.PostAsync(path, "ChangeMemberRole", ("role", "event_manager"))).Status);
        Assert.Equal(200, (await member.GetAsync($"{Live}/orders")).Status);
        Assert.Equal(400, (await admin.PostAsync(path, "RemoveMember")).Status);
        Assert.Equal((303, Team), Where(await admin.PostAsync(path, "RemoveMember", ("_confirm", "remove"))));
        Assert.Equal(404, (await member.GetAsync($"{Live}/orders")).Status);
        Assert.Equal(404, (await admin.GetAsync(path)).Status);
        var log = (await admin.GetAsync($"{Live}/settings/security-log")).Body;
        Assert.Contains($"{email}, event_manager", log, StringComparison.Ordinal);
        Assert.Contains("check_in_only &#x2192; event_manager", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_owner_cannot_leave_before_transferring_ownership()
    {
        var ownerEmail = await AddMemberAsync(Role.Owner);
        using var owner = new DashboardClient(Host.Address);
        await owner.SignInAsync(ownerEmail, Password);
        var email = await AddMemberAsync(Role.Admin);
        using var admin = new DashboardClient(Host.Address);
        await admin.SignInAsync(email, Password);
        var (ownersPage, adminsPage) = (await PathOfAsync(admin, ownerEmail), await PathOfAsync(owner, email));
        Assert.DoesNotContain(
            "value=\"RemoveMember\"", (await admin.GetAsync(ownersPage)).Body, StringComparison.Ordinal);
        var forced = DashboardClient.Form(
            ownersPage, (await owner.GetAsync(adminsPage)).FormOf("RemoveMember"), ("_confirm", "remove"));
        Assert.Equal(409, (await owner.SendAsync(forced)).Status);
        Assert.Equal((303, Team), Where(
            await owner.PostAsync(adminsPage, "TransferOwnership", ("_confirm", "transfer"))));
        Assert.Contains("value=\"CreateApiKey\"", (await admin.GetAsync($"{Keys}/new")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "value=\"CreateApiKey\"", (await owner.GetAsync($"{Keys}/new")).Body, StringComparison.Ordinal);
    }

    private static (int, string?) Where(PageAnswer answer) => (answer.Status, answer.Location);

    private async Task<string> InviteAsync(DashboardClient admin, string email, string role)
    {
        Assert.Equal((303, Team), Where(await admin.PostAsync(Team, "InviteMember", ("email", email), ("role", role))));
        return await SentMail.LinkToAsync(Host, email, "invitation");
    }

    private async Task<string> PathOfAsync(DashboardClient client, string email) => Member()
        .Matches((await client.GetAsync(Team)).Body)
        .Single(match => match.Groups["email"].Value == email).Groups["path"].Value;

    [GeneratedRegex("<a href=\"(?<path>/dashboard/[^\"]+/settings/team/[0-9a-f-]{36})\">(?<email>[^<]+)</a>")]
    private static partial Regex Member();
}
