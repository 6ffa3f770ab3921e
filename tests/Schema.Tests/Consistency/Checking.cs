using Equaticket.Schema.Consistency;

namespace Equaticket.Schema.Tests.Consistency;

/// <summary>Runs the check on the data of one organization.</summary>
internal static class Checking
{
    public static async Task<IReadOnlyList<Difference>> DifferencesAsync(this TestOrganization org)
    {
        var differences = new List<Difference>();
        var organization = new CheckedOrganization(org.Organization.Id, org.Slug);
        await foreach (var difference in org.Host.Get<ConsistencyCheck>()
            .RunAsync(organization, CancellationToken.None))
            differences.Add(difference);
        return differences;
    }
}
