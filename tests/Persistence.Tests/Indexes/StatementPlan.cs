using System.Text.Json.Nodes;
using Npgsql;

namespace Equaticket.Persistence.Tests.Indexes;

/// <summary>
/// Says what of a statement's plan grows with a table: it may read a table through an index alone, by
/// the index's first column and by more than the owner, or along the index up to a limit.
/// </summary>
public sealed class StatementPlan(TableIndexes indexes)
{
    private readonly List<string> _faults = [];

    public double Cost { get; private set; }

    /// <returns>The parts that grow; empty if the cost does not depend on the size of the tables.</returns>
    public static async Task<StatementPlan> OfAsync(
        NpgsqlConnection connection, SentSql sent, TableIndexes indexes)
    {
        await using var command = new NpgsqlCommand($"EXPLAIN (FORMAT JSON) {sent.Text}", connection);
        foreach (var parameter in sent.Parameters)
            command.Parameters.Add(parameter.Clone());
        return Of((string)(await command.ExecuteScalarAsync())!, indexes);
    }

    /// <summary>The same by a plan that serves any values.</summary>
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

    /// <summary>Of several bitmaps that a row must be in, one has to be small.</summary>
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
/// <param name="IsLimited">Whether a limit above it stops it, with nothing between that needs all rows.</param>
/// <param name="Filter">By what rows that a bitmap finds are dropped again.</param>
/// <param name="IsConditional">Whether it runs only when the statement has found that matches are many.</param>
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
