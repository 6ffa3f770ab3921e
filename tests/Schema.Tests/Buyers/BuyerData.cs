using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Equaticket.Schema.Tests.Buyers;

/// <summary>Searches every table of the database for a text.</summary>
internal static class BuyerData
{
    private const string StoredAnswers = "idempotency_records.body";

    private const string Columns =
        """
        SELECT relname || '.' || attname || '.' || typname FROM pg_attribute
        JOIN pg_class ON pg_class.oid = attrelid JOIN pg_type ON pg_type.oid = atttypid
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
            AND NOT relispartition AND attnum > 0 AND NOT attisdropped
        """;

    /// <returns>The sorted names of the columns that contain the text, ignoring case.</returns>
    public static async Task<IReadOnlyList<string>> FindAsync(TestHost host, string text)
    {
        var found = new List<string>();
        foreach (var column in await host.QuerySqlAsync<string>(Columns))
        {
            var parts = column.Split('.');
            var (table, name, isBytes) = (parts[0], parts[1], parts[2] == "bytea");
            var value = isBytes ? $"encode(\"{name}\", 'escape')" : $"\"{name}\"::text";
            var count = await host.QuerySqlAsync<long>(
                $"SELECT count(*) FROM \"{table}\" WHERE position($1 in lower({value})) > 0", text);
            if (count[0] > 0)
                found.Add($"{table}.{name}");
        }

        if (await IsInStoredAnswersAsync(host, text))
            found.Add(StoredAnswers);
        return [.. found.Order(StringComparer.Ordinal)];
    }

    /// <summary>Waits until no webhook delivery is pending.</summary>
    public static Task UntilToldAsync(TestHost host) => Poll.UntilAsync(
        async () => (await host.QuerySqlAsync<Guid>(
            "SELECT id FROM webhook_deliveries WHERE status = 'pending'")).Count == 0);

    private static async Task<bool> IsInStoredAnswersAsync(TestHost host, string text)
    {
        var protector = host.Get<IDataProtectionProvider>().CreateProtector("idempotency.v1");
        var bodies = await host.QuerySqlAsync<byte[]>(
            "SELECT body FROM idempotency_records WHERE body IS NOT NULL");
        Assert.NotEmpty(bodies);
        return bodies.Any(body => Encoding.UTF8.GetString(protector.Unprotect(body))
            .Contains(text, StringComparison.OrdinalIgnoreCase));
    }
}
