using Microsoft.EntityFrameworkCore;

namespace Equaticket.Persistence.Tests;

public sealed class NamingTests : PersistenceTest
{
    /// <summary>
    /// Every name in the schema, except the table that lists the migrations and the names in partitions, which
    /// PostgreSQL generates.
    /// </summary>
    private const string Names =
        """
        SELECT name AS "Value" FROM (
            SELECT c.relname::text AS name, c.oid AS relation FROM pg_class c
                WHERE c.relnamespace = 'public'::regnamespace AND NOT c.relispartition
            UNION ALL
            SELECT a.attname::text, a.attrelid FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                WHERE c.relnamespace = 'public'::regnamespace AND NOT c.relispartition
                    AND a.attnum > 0
            UNION ALL
            SELECT conname::text, conrelid FROM pg_constraint
                WHERE connamespace = 'public'::regnamespace
        ) AS names
        WHERE relation <> '"__EFMigrationsHistory"'::regclass
            AND name NOT IN ('__EFMigrationsHistory', 'pk___ef_migrations_history')
        """;

    [Fact]
    public async Task All_names_are_snake_case()
    {
        await using var database = Lease();
        var names = await database.Database.SqlQueryRaw<string>(Names).ToListAsync();
        Assert.Contains("ticket_types", names, StringComparer.Ordinal);
        Assert.Contains("quantity_total", names, StringComparer.Ordinal);
        Assert.All(names, name => Assert.Matches("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", name));
    }

    [Fact]
    public async Task The_database_compares_text_bytewise()
    {
        await using var database = Lease();
        var settings = await database.Database.SqlQueryRaw<string>(
            """
            SELECT pg_encoding_to_char(encoding) || ' ' || datcollate AS "Value"
            FROM pg_database WHERE datname = current_database()
            """).SingleAsync();
        Assert.Equal("UTF8 C", settings);
    }
}
