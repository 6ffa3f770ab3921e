using System.Text.Json.Nodes;

namespace Equaticket.Schema.Tests;

/// <summary>
/// Calls <c>/graphql</c> and accepts <c>application/graphql-response+json</c>, with which a refused document gets its
/// own status code.
/// </summary>
internal static class Asking
{
    public static readonly (string Name, string Value) Accept =
        ("Accept", "application/graphql-response+json");

    public static Task<ApiResponse> AskAsync(
        this ApiClient client, string query, object? variables = null, string? operationName = null) =>
        client.SendAsync(
            HttpMethod.Post, "/graphql", new { query, variables, operationName }, Accept);

    /// <summary>Sends a query without an API key.</summary>
    public static Task<ApiResponse> AskAsync(
        this TestHost host, string query, object? variables = null) =>
        ApiResponse.SendAsync(
            host.Http, HttpMethod.Post, "/graphql", key: null, new { query, variables }, Accept);

    /// <returns>The data of a response that must have no errors.</returns>
    public static async Task<JsonNode> DataAsync(
        this ApiClient client, string query, object? variables = null) =>
        (await client.AskAsync(query, variables)).Data();

    public static JsonNode Data(this ApiResponse response)
    {
        Assert.True(response is { Status: 200, ErrorCode: null }, response.Body);
        return response.Json!["data"]!;
    }

    public static string Text(this JsonNode? node) => node!.GetValue<string>();

    public static IEnumerable<string> Texts(this JsonNode? nodes, string member) =>
        nodes!.AsArray().Select(node => node![member].Text());

    /// <summary>
    /// Asserts that the request was refused with this status and error code, and that nothing was executed.
    /// </summary>
    public static void AssertRefused(this ApiResponse response, int status, string code)
    {
        Assert.True(response.Status == status && response.ErrorCode == code, response.Body);
        Assert.Null(response.Json!["data"]);
    }
}
