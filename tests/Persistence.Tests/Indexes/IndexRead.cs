using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Npgsql;

namespace Equaticket.Persistence.Tests.Indexes;

/// <summary>How a plan reads an index.</summary>
/// <param name="Index">The name of the index.</param>
/// <param name="Condition">The part of the index that is read; null for all of it.</param>
/// <param name="Filter">The condition that discards rows after they are found.</param>
/// <param name="Place">The position in the plan.</param>
public sealed partial record IndexRead(string Index, string? Condition, string? Filter, Place Place)
{
    public static IndexRead Of(JsonNode node, string? filter, Place place) => new(
        (string)node["Index Name"]!, (string?)node["Index Cond"], filter, place);

    /// <summary>Whether the amount read does not depend on the size of the table.</summary>
    /// <remarks>A read that runs only if many rows match soon finds a page of them.</remarks>
    public bool IsBounded(TableIndex index)
    {
        var condition = Literals().Replace(Condition ?? "", "");
        var compared = index.Columns.Where(column => Is(condition, column, "(=|<|>|<=|>=|@>)")).ToList();
        var equal = index.Columns.Where(column => Is(condition, column, "(=|@>)")).ToList();
        var isFromTheStart = compared.Contains(index.Columns[0]);
        var drops = Drops(compared);
        if (Place.IsLimited && !drops && (Condition is null || isFromTheStart))
            return true;
        return Place.IsConditional || index.IsPartial
            || (isFromTheStart && (equal.Except(TableIndexes.Tenant).Any()
                || (compared.Except(TableIndexes.Tenant).Any() && !drops)
                || (index.IsUnique && equal.Count == index.Columns.Count)));
    }

    private static bool Is(string condition, string column, string comparison) =>
        Regex.IsMatch(condition, $@"\b{Regex.Escape(column)}\)?(::[a-z ]+)? {comparison} ");

    /// <summary>Whether the filter uses columns that are not in the index condition.</summary>
    private bool Drops(IEnumerable<string> compared) =>
        Words().Matches(Literals().Replace(Filter ?? "", "")).Select(word => word.Value)
            .Except(compared).Except(["AND", "OR", "text"]).Any();

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Literals();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Words();
}

/// <summary>An index of the database.</summary>
/// <param name="Columns">The columns by which it is ordered.</param>
/// <param name="IsUnique">Whether it has at most one entry for each combination of their values.</param>
/// <param name="IsPartial">Whether it contains only pending rows.</param>
/// <param name="IsOfSmall">Whether its table or partition is too small to be worth an index.</param>
public sealed record TableIndex(
    IReadOnlyList<string> Columns, bool IsUnique, bool IsPartial, bool IsOfSmall);

/// <summary>All indexes of the database, including those of partitions.</summary>
public sealed class TableIndexes(
    IReadOnlyDictionary<string, TableIndex> byName, IReadOnlySet<string> small)
{
    /// <summary>The columns that identify the owner of a row.</summary>
    public static IReadOnlyList<string> Tenant { get; } = ["organization_id", "livemode"];

    private const string All =
        """
        SELECT index.relname::text, i.indisunique, i.indpred IS NOT NULL,
            ARRAY(SELECT pg_get_indexdef(i.indexrelid, place, false)
                FROM generate_series(1, i.indnkeyatts) AS place),
            indexed.reltuples < 100, indexed.relname::text
        FROM pg_index AS i JOIN pg_class AS index ON index.oid = i.indexrelid
        JOIN pg_class AS indexed ON indexed.oid = i.indrelid
        WHERE index.relnamespace = 'public'::regnamespace
        """;

    public static async Task<TableIndexes> ReadAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(All, connection);
        await using var rows = await command.ExecuteReaderAsync();
        var byName = new Dictionary<string, TableIndex>(StringComparer.Ordinal);
        var small = new HashSet<string>(StringComparer.Ordinal);
        while (await rows.ReadAsync())
        {
            byName.Add(rows.GetString(0), new TableIndex(
                rows.GetFieldValue<string[]>(3), rows.GetBoolean(1), rows.GetBoolean(2),
                rows.GetBoolean(4)));
            if (rows.GetBoolean(4))
                small.Add(rows.GetString(5));
        }

        return new TableIndexes(byName, small);
    }

    public TableIndex Find(string name) => byName[name];

    public bool IsSmall(string table) => small.Contains(table);
}
