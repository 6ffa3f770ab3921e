using System.Text.Json.Nodes;
using Npgsql;

namespace Equaticket.RestFacade.Tests.Orders;

/// <summary>Repeats a statement that the product sent, and counts the rows that it reads.</summary>
internal static class StatementCost
{
    private const string Explain = "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ";

    /// <summary>Plans the statement for its values, as the product does.</summary>
    public static async Task<(long Rows, string Plan)> OfAsync(TestHost host, SentSql sent)
    {
        await using var connection = await OpenAsync(host);
        await using var command = new NpgsqlCommand(Explain + sent.Text, connection);
        foreach (var parameter in sent.Parameters)
            command.Parameters.Add(parameter.Clone());
        return Read((string)(await command.ExecuteScalarAsync())!);
    }

    /// <summary>Plans the statement without knowing the values, as the server may do for prepared statements.</summary>
    public static async Task<(long Rows, string Plan)> OfGenericPlanAsync(
        TestHost host, SentSql sent)
    {
        await using var connection = await OpenAsync(host);
        return Read(await GenericPlan.ExplainAsync(connection, "ANALYZE, BUFFERS", sent));
    }

    private static (long Rows, string Plan) Read(string plan) =>
        ((long)RowsIn(JsonNode.Parse(plan)![0]!["Plan"]!), plan);

    /// <summary>The rows that all table scans read, including those that are filtered out.</summary>
    private static double RowsIn(JsonNode node)
    {
        var below = node["Plans"]?.AsArray().Sum(plan => RowsIn(plan!)) ?? 0;
        if (node["Relation Name"] is null)
            return below;
        var read = Number("Actual Rows") + Number("Rows Removed by Filter")
            + Number("Rows Removed by Index Recheck");
        return below + (read * Number("Actual Loops"));

        double Number(string name) => (double?)node[name] ?? 0;
    }

    private static async Task<NpgsqlConnection> OpenAsync(TestHost host)
    {
        var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
