using Equaticket.Dashboard.Operations;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Team;

namespace Equaticket.Dashboard.Tests;

/// <summary>A dashboard test with a separate organization that has accepted the terms.</summary>
public abstract class DashboardTest : ApiTest
{
    protected const string Password = "correct horse battery";

    protected string Live => $"/dashboard/{Org.Slug}/live";

    protected string Test => $"/dashboard/{Org.Slug}/test";

    protected string Keys => $"{Live}/settings/developer/api-keys";

    /// <returns>An unused email address.</returns>
    protected static string NewAddress() => $"person-{Path.GetRandomFileName()}@example.com";

    /// <returns>The email address of a new member who has a password.</returns>
    protected async Task<string> AddMemberAsync(Role role, Organization? organization = null)
    {
        var email = NewAddress();
        await Host.Get<UserRegistry>().CreateAsync(
            organization ?? Org.Organization, email, role, Password, CancellationToken.None);
        return email;
    }

    /// <returns>A new member, signed in.</returns>
    protected async Task<DashboardClient> SignInAsync(Role role, Organization? organization = null)
    {
        var client = new DashboardClient(Host.Address);
        var answer = await client.SignInAsync(await AddMemberAsync(role, organization), Password);
        Assert.Equal((303, "/dashboard"), (answer.Status, answer.Location));
        return client;
    }

    protected Task<Organization> WithoutTermsAsync() => Host.CreateOrganizationWithoutTermsAsync();

    /// <returns>The path of a page, with each id parameter replaced.</returns>
    protected string PathOf(PageDefinition page, string id) => page.PathFor(Org.Slug, "live")
        .Replace("{id:guid}", id, StringComparison.Ordinal)
        .Replace("{*id}", id, StringComparison.Ordinal)
        .Replace("{ticket_type_id:guid}", id, StringComparison.Ordinal)
        .Replace("{delivery_id:guid}", id, StringComparison.Ordinal);
}
