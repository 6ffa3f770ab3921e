using System.Text.Json.Nodes;

namespace Equaticket.RestFacade.Tests.Paging;

/// <summary>Reads lists page by page to the end.</summary>
internal static class Pages
{
    public const int Limit = 7;

    private const int MostPages = 100;

    /// <returns>The ids of all rows, in the order of the pages.</returns>
    public static Task<List<Guid>> ReadRestAsync(ApiClient client, string path) =>
        ReadAsync(async cursor =>
        {
            var next = cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
            var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var page = (await client.GetAsync($"{path}{separator}limit={Limit}{next}"))
                .AssertStatus(200).Json!;
            Assert.Equal((bool)page["has_more"]!, page["next_cursor"] is not null);
            return (page["data"]!, (string?)page["next_cursor"]);
        });

    /// <param name="client">The caller.</param>
    /// <param name="query">
    /// A query with the variables <c>$first</c>, <c>$after</c>, <c>$last</c>, and <c>$before</c>.
    /// </param>
    /// <param name="connection">Finds the connection in the data.</param>
    /// <param name="backward">Whether to read from the end.</param>
    public static Task<List<Guid>> ReadGraphQLAsync(
        ApiClient client, string query, Func<JsonNode, JsonNode?> connection, bool backward) =>
        ReadAsync(async cursor =>
        {
            var response = await client.GraphQLAsync(query, backward
                ? new { last = Limit, before = cursor }
                : new { first = Limit, after = cursor });
            var page = connection(response.AssertStatus(200).Json!["data"]!)!;
            var (hasMore, next) = backward
                ? ("hasPreviousPage", "startCursor")
                : ("hasNextPage", "endCursor");
            var info = page["pageInfo"]!;
            return (page["nodes"]!, (bool)info[hasMore]! ? (string?)info[next] : null);
        });

    private static async Task<List<Guid>> ReadAsync(
        Func<string?, Task<(JsonNode Rows, string? Next)>> fetch)
    {
        var ids = new List<Guid>();
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            var (rows, next) = await fetch(cursor);
            ids.AddRange(rows.AsArray().Select(row => Guid.Parse((string)row!["id"]!)));
            Assert.InRange(rows.AsArray().Count, next is null ? 0 : Limit, Limit);
            if (next is null)
                return ids;
            cursor = next;
        }

        throw new InvalidOperationException($"The list did not end within {MostPages} pages.");
    }
}
