using Equaticket.Persistence.CheckIns;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.RestFacade.Tests.TestData;

/// <summary>The tables of all entities that have an organization and a mode.</summary>
internal static class TestDataTables
{
    /// <summary>What a reset keeps, and why.</summary>
    private static readonly Dictionary<Type, string> Kept = new()
    {
        [typeof(CheckInKey)] = "it is a key, which scanners have fetched",
        [typeof(QueuedEmail)] = "there is none: test orders write to nobody",
        [typeof(StripeAccount)] = "Stripe's state is not ours to reset",
    };

    public static IReadOnlyList<string> Removed(TestOrganization org) =>
        Of(org, type => !Kept.ContainsKey(type));

    public static IReadOnlyList<string> KeptOnes(TestOrganization org) => Of(org, Kept.ContainsKey);

    public static async Task<long> CountAsync(TestOrganization org, string table, bool livemode) =>
        (await org.Host.QuerySqlAsync<long>(
            $"SELECT count(*) FROM {table} WHERE organization_id = $1 AND livemode = $2",
            org.Organization.Id, livemode))[0];

    /// <returns>A hash of the live rows of all tables except emails, which are being sent.</returns>
    public static async Task<string> LiveRowsAsync(TestOrganization org)
    {
        var hashes = new List<string>();
        foreach (var table in Of(org, type => type != typeof(QueuedEmail)))
        {
            hashes.Add($"{table} " + (await org.Host.QuerySqlAsync<string>(
                $"""
                SELECT md5(coalesce(string_agg(row::text, chr(10) ORDER BY row::text), ''))
                FROM {table} AS row WHERE organization_id = $1 AND livemode
                """,
                org.Organization.Id))[0]);
        }

        return string.Join('\n', hashes);
    }

    private static List<string> Of(TestOrganization org, Func<Type, bool> isWanted)
    {
        using var database = org.Host.Get<TenantContexts>().Lease(null);
        return [.. database.Model.GetEntityTypes()
            .Where(entity => entity.ClrType.IsAssignableTo(typeof(TenantOwned))
                && isWanted(entity.ClrType))
            .Select(entity => entity.GetTableName()!).Order(StringComparer.Ordinal)];
    }
}
