using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Npgsql;

namespace Equaticket.Persistence.Tests.Indexes;

/// <summary>How a plan reads an index.</summary>
/// <param name="Index">Its name.</param>
/// <param name="Condition">Which part of it; null for all.</param>
/// <param name="HasFilter">Whether rows that it finds are dropped again.</param>
/// <param name="Place">Where in the plan.</param>
public sealed partial record IndexRead(string Index, string? Condition, bool HasFilter, Place Place)
{
    public static IndexRead Of(JsonNode node, bool hasFilter, Place place) => new(
        (string)node["Index Name"]!, (string?)node["Index Cond"], hasFilter, place);

    /// <summary>Whether it reads as much however large the table is.</summary>
    public bool IsBounded(TableIndex index)
    {
        var condition = Literals().Replace(Condition ?? "", "");
        var compared = index.Columns.Where(column => Is(condition, column, "(=|<|>|<=|>=|@>)")).ToList();
        var equal = index.Columns.Where(column => Is(condition, column, "(=|@>)")).ToList();
        var isFromTheStart = compared.Contains(index.Columns[0]);
        var isAlong = Place.IsLimited && (!HasFilter || Place.IsConditional);
        if (isAlong && (Condition is null || isFromTheStart))
            return true;
        return index.IsPartial || index.IsEmpty
            || (isFromTheStart && (equal.Except(TableIndexes.Tenant).Any()
                || (compared.Except(TableIndexes.Tenant).Any() && !HasFilter)
                || (index.IsUnique && equal.Count == index.Columns.Count)));
    }

    private static bool Is(string condition, string column, string comparison) =>
        Regex.IsMatch(condition, $@"\b{Regex.Escape(column)}\)?(::[a-z ]+)? {comparison} ");

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Literals();
}

/// <summary>An index of the database.</summary>
/// <param name="Columns">What it is ordered by.</param>
/// <param name="IsUnique">Whether it has one entry for each value of them.</param>
/// <param name="IsPartial">Whether it holds only rows that wait for something.</param>
/// <param name="IsEmpty">Whether it is that of a partition that nothing was put into.</param>
public sealed record TableIndex(
    IReadOnlyList<string> Columns, bool IsUnique, bool IsPartial, bool IsEmpty);

/// <summary>All indexes of the database, those of partitions too.</summary>
public sealed class TableIndexes(IReadOnlyDictionary<string, TableIndex> byName)
{
    /// <summary>The columns that say whose a row is.</summary>
    public static IReadOnlyList<string> Tenant { get; } = ["organization_id", "livemode"];

    private const string All =
        """
        SELECT index.relname::text, i.indisunique, i.indpred IS NOT NULL,
            ARRAY(SELECT pg_get_indexdef(i.indexrelid, place, false)
                FROM generate_series(1, i.indnkeyatts) AS place),
            indexed.relispartition AND indexed.reltuples <= 0
        FROM pg_index AS i JOIN pg_class AS index ON index.oid = i.indexrelid
        JOIN pg_class AS indexed ON indexed.oid = i.indrelid
        WHERE index.relnamespace = 'public'::regnamespace
        """;

    public static async Task<TableIndexes> ReadAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(All, connection);
        await using var rows = await command.ExecuteReaderAsync();
        var byName = new Dictionary<string, TableIndex>(StringComparer.Ordinal);
        while (await rows.ReadAsync())
        {
            byName.Add(rows.GetString(0), new TableIndex(
                rows.GetFieldValue<string[]>(3), rows.GetBoolean(1), rows.GetBoolean(2),
                rows.GetBoolean(4)));
        }

        return new TableIndexes(byName);
    }

    public TableIndex Find(string name) => byName[name];
}
