using Equaticket.Schema.Emails;

namespace Equaticket.RestFacade.Tests.Isolation;

/// <summary>
/// All data of some organizations in every table, except the activity log, deliveries, and the tokens of invitations,
/// which change in the background.
/// </summary>
internal static class TenantRows
{
    /// <returns>A hash of the rows for each table.</returns>
    public static async Task<Dictionary<string, string>> ReadAsync(
        TestHost host, params TestOrganization[] organizations)
    {
        await SendEmailsAsync(host);
        var tables = await host.QuerySqlAsync<string>(
            """
            SELECT table_name::text FROM information_schema.columns
            WHERE column_name = 'organization_id' AND table_schema = 'public'
                AND table_name NOT LIKE 'api_requests%'
                AND table_name NOT IN ('api_key_uses', 'api_key_scope_uses')
                AND table_name NOT LIKE 'webhook_deliveries%' AND table_name <> 'webhook_queue'
            """);
        Assert.Contains("events", tables);
        var ids = organizations.Select(organization => organization.Organization.Id).ToArray();
        var hashes = new Dictionary<string, string>();
        foreach (var table in tables)
        {
            var rows = await host.QuerySqlAsync<string>(
                $"""
                SELECT md5(coalesce(string_agg(text, chr(10) ORDER BY text), ''))
                FROM (SELECT (to_jsonb(row) - 'failing_since' - 'recent_failures' - 'token_hash')::text AS text
                    FROM {table} AS row WHERE organization_id = ANY ($1)) AS rows
                """,
                ids);
            hashes.Add(table, rows[0]);
        }

        return hashes;
    }

    /// <summary>
    /// Sends the emails of earlier purchases, so that they don't change the data between two readings.
    /// </summary>
    private static Task SendEmailsAsync(TestHost host) => Poll.UntilAsync(
        async () =>
        {
            await host.Get<EmailDelivery>().RunAsync(CancellationToken.None);
            return (await host.QuerySqlAsync<long>(
                "SELECT count(*) FROM queued_emails WHERE next_attempt_at IS NOT NULL")) is [0];
        });
}
