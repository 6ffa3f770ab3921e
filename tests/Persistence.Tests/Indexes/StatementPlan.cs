using System.Text.Json.Nodes;
using Npgsql;

namespace Equaticket.Persistence.Tests.Indexes;

/// <summary>
/// Finds the parts of a statement's plan whose cost grows with a table. A plan may read a table only through an index:
/// by the index's first column and by more than the owner, or along the index up to a limit.
/// </summary>
public sealed class StatementPlan(TableIndexes indexes)
{
    private readonly List<string> _faults = [];

    public double Cost { get; private set; }

    /// <returns>The plan; it has no faults if its cost does not depend on the size of the tables.</returns>
    public static async Task<StatementPlan> OfAsync(
        NpgsqlConnection connection, SentSql sent, TableIndexes indexes)
    {
        await using var command = new NpgsqlCommand($"EXPLAIN (FORMAT JSON) {sent.Text}", connection);
        foreach (var parameter in sent.Parameters)
            command.Parameters.Add(parameter.Clone());
        return Of((string)(await command.ExecuteScalarAsync())!, indexes);
    }

    /// <summary>Checks the generic plan, which works for any values.</summary>
    public static async Task<StatementPlan> OfGenericAsync(
        NpgsqlConnection connection, SentSql sent, TableIndexes indexes) =>
        Of(await GenericPlan.ExplainAsync(connection, "COSTS", sent), indexes);

    private static StatementPlan Of(string explained, TableIndexes indexes)
    {
        var root = JsonNode.Parse(explained)![0]!["Plan"]!;
        var plan = new StatementPlan(indexes) { Cost = (double)root["Total Cost"]! };
        plan.Walk(root, new Place());
        return plan;
    }

    public IReadOnlyList<string> Faults => _faults;

    private void Walk(JsonNode node, Place place)
    {
        place = place.At(node);
        switch (Text(node, "Node Type"))
        {
            case "Seq Scan" when !indexes.IsSmall(Text(node, "Relation Name")!):
                _faults.Add($"reads all of {Text(node, "Relation Name")}");
                break;
            case "Index Scan" or "Index Only Scan":
                Judge(IndexRead.Of(node, Text(node, "Filter"), place));
                break;
            case "Bitmap Heap Scan":
                place = place with { Filter = Text(node, "Filter") };
                break;
            case "Bitmap Index Scan":
                Judge(IndexRead.Of(node, place.Filter, place));
                break;
            case "BitmapAnd":
                WalkBest(node, place);
                return;
        }

        foreach (var child in Children(node))
            Walk(child, place);
    }

    /// <summary>If a row must be in several bitmaps, only one of them has to be small.</summary>
    private void WalkBest(JsonNode node, Place place)
    {
        var plans = Children(node).Select(child =>
        {
            var plan = new StatementPlan(indexes);
            plan.Walk(child, place);
            return plan._faults;
        });
        _faults.AddRange(plans.MinBy(faults => faults.Count)!);
    }

    private void Judge(IndexRead read)
    {
        var index = indexes.Find(read.Index);
        if (!index.IsOfSmall && !read.IsBounded(index))
            _faults.Add($"reads {read.Index} by {read.Condition ?? "nothing"}");
    }

    private static IEnumerable<JsonNode> Children(JsonNode node) =>
        node["Plans"]?.AsArray().Select(child => child!) ?? [];

    private static string? Text(JsonNode node, string name) => (string?)node[name];
}

/// <summary>The position of a node in a plan.</summary>
/// <param name="IsLimited">
/// Whether a limit above the node stops it, with no node between them that needs all rows.
/// </param>
/// <param name="Filter">The condition that discards rows that a bitmap found.</param>
/// <param name="IsConditional">Whether the node runs only after the statement found that many rows match.</param>
public sealed record Place(
    bool IsLimited = false, string? Filter = null, bool IsConditional = false)
{
    private static readonly string[] PassOn =
        ["Limit", "LockRows", "Result", "Append", "Merge Append", "Nested Loop", "Subquery Scan",
            "Index Scan", "Index Only Scan", "Memoize"];

    public Place At(JsonNode node)
    {
        var type = (string)node["Node Type"]!;
        var isMain = (string?)node["Parent Relationship"] is null or "Outer" or "Subquery" or "Member";
        return this with
        {
            IsLimited = type == "Limit" || (IsLimited && isMain && PassOn.Contains(type)),
            IsConditional = (IsConditional && isMain) || node["One-Time Filter"] is not null,
        };
    }
}
