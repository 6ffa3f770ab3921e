namespace Equaticket.Schema.Tests.Paging;

internal static class Statements
{
    /// <returns>The number of SQL statements that a query takes, including the lookup of the key.</returns>
    public static async Task<int> OfAsync(ApiClient client, string query, object? variables = null)
    {
        var (answer, statements) = await StatementCounter.CountAsync(trace => client.SendAsync(
            HttpMethod.Post, "/graphql", new { query, variables }, trace, Asking.Accept));
        answer.Data();
        Assert.True(statements > 0, "No statement was counted.");
        return statements;
    }
}
