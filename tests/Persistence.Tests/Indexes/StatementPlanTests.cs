using System.Text.Json.Nodes;
using Npgsql;

namespace Equaticket.Persistence.Tests.Indexes;

/// <summary>
/// Every statement that the product sends on its public and hot paths costs the same whatever its tables
/// hold. Each test uses the product, and explains the statements it sent.
/// </summary>
public abstract partial class StatementPlanTests(ManyRows rows)
{
    /// <summary>Whether tables are read by an index wherever one could serve.</summary>
    protected abstract bool AvoidsWholeTables { get; }

    /// <summary>The most that the planner may expect of a statement, in its own unit.</summary>
    protected abstract double MaxCost { get; }

    /// <summary>More than the server counts for planning a statement again.</summary>
    private const double PlanningCost = 100;

    private ManyRows Rows => rows;

    /// <summary>Explains what was sent since the last call.</summary>
    private async Task AssertServedByIndexesAsync()
    {
        var faults = new List<string>();
        await using var connection = await rows.OpenAsync();
        if (AvoidsWholeTables)
            await ExecuteAsync(connection, "SET enable_seqscan = off");
        var sent = rows.Statements.Take();
        Assert.NotEmpty(sent);
        foreach (var statement in sent.DistinctBy(statement => statement.Text))
        {
            var plan = await StatementPlan.OfAsync(connection, statement, rows.Indexes);
            Judge(plan, statement.Text);
            if (IsPrepared(statement.Text)
                && await StatementPlan.OfGenericAsync(connection, statement, rows.Indexes) is { } generic
                && generic.Cost < plan.Cost + PlanningCost)
                Judge(generic, $"-- For any values\n{statement.Text}");
        }

        Assert.True(faults.Count == 0, string.Join("\n\n", faults));

        void Judge(StatementPlan plan, string text)
        {
            faults.AddRange(plan.Faults.Select(fault => $"{fault}:\n{text}"));
            if (plan.Cost > MaxCost)
                faults.Add($"costs {plan.Cost}:\n{text}");
        }
    }

    /// <summary>Whether the server may plan it without its values; it does so if that plan isn't dearer.</summary>
    private static bool IsPrepared(string text) =>
        (text.StartsWith("SELECT", StringComparison.Ordinal) || text.StartsWith("INSERT", StringComparison.Ordinal))
        && !text.Contains("= ANY (@", StringComparison.Ordinal) && !text.Contains("unnest(@", StringComparison.Ordinal);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string AgoText(TimeSpan time) =>
        (TimeProvider.System.GetUtcNow() - time).ToString("yyyy-MM-ddTHH:mm:ssZ");

    private static string NewId() => new RowStamps(TimeProvider.System).Next().Id.ToString();

    /// <summary>Calls GraphQL without a key.</summary>
    private async Task<JsonNode> AskAsync(string query, object variables) => ManyRows.Data(
        await ApiResponse.SendAsync(
            rows.Host.Http, HttpMethod.Post, "/graphql", key: null, new { query, variables }));
}

/// <summary>With a few thousand rows, and no way but an index.</summary>
public sealed class StatementPlanOfThousandsTests(ThousandsOfRows rows)
    : StatementPlanTests(rows), IClassFixture<ThousandsOfRows>
{
    protected override bool AvoidsWholeTables => true;

    protected override double MaxCost => double.MaxValue;

    /// <remarks>The cost grows with the event: no index serves a search within names.</remarks>
    [Fact]
    public Task A_holder_is_found_among_the_tickets_of_one_event() =>
        AssertHoldersAreFoundAmongTheTicketsOfOneEventAsync();
}

/// <summary>With a million rows, planned as in operation.</summary>
[Trait("Category", "Long")]
public sealed class StatementPlanOfMillionsTests(MillionRows rows)
    : StatementPlanTests(rows), IClassFixture<MillionRows>
{
    protected override bool AvoidsWholeTables => false;

    protected override double MaxCost => 10_000;
}
