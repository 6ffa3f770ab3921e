using System.Text.Json.Nodes;
using Npgsql;

namespace Equaticket.Persistence.Tests.Indexes;

/// <summary>
/// The cost of every statement on the product's public and hot paths does not depend on the size of its tables. Each
/// test uses the product and explains the statements that it sends.
/// </summary>
public abstract partial class StatementPlanTests(ManyRows rows)
{
    /// <summary>Whether the planner must use an index wherever one is possible.</summary>
    protected abstract bool AvoidsWholeTables { get; }

    /// <summary>The maximum cost of a statement that the planner may estimate, in its own unit.</summary>
    protected abstract double MaxCost { get; }

    /// <summary>More than the cost that the server adds for planning a statement again.</summary>
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

    /// <summary>Whether the server may use a generic plan; it does so if that plan is not more expensive.</summary>
    private static bool IsPrepared(string text) =>
        (text.Contains("$1", StringComparison.Ordinal)
            && !text.StartsWith(QueryPlans.ForValues, StringComparison.Ordinal))
        || ((text.StartsWith("SELECT", StringComparison.Ordinal) || text.StartsWith("INSERT", StringComparison.Ordinal))
            && !text.Contains("= ANY (@", StringComparison.Ordinal)
            && !text.Contains("unnest(@", StringComparison.Ordinal));

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

/// <summary>A few thousand rows, with sequential scans disabled.</summary>
public sealed class StatementPlanOfThousandsTests(ThousandsOfRows rows)
    : StatementPlanTests(rows), IClassFixture<ThousandsOfRows>
{
    protected override bool AvoidsWholeTables => true;

    protected override double MaxCost => double.MaxValue;

    /// <remarks>The cost grows with the event, because no index supports a search within names.</remarks>
    [Fact]
    public Task A_holder_is_found_among_the_tickets_of_one_event() =>
        AssertHoldersAreFoundAmongTheTicketsOfOneEventAsync();
}

/// <summary>A million rows, planned as in production.</summary>
[Trait("Category", "Long")]
public sealed class StatementPlanOfMillionsTests(MillionRows rows)
    : StatementPlanTests(rows), IClassFixture<MillionRows>
{
    protected override bool AvoidsWholeTables => false;

    protected override double MaxCost => 10_000;
}
