using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Equaticket.Schema.ApiKeys;

namespace Equaticket.Testing;

/// <summary>Calls the API with one key.</summary>
public sealed class ApiClient(HttpClient http, CreatedApiKey key)
{
    public Guid KeyId => key.Key.Id;

    /// <summary>The whole key, as a client sends it.</summary>
    public string Secret => key.Secret.Text;

    public Task<ApiResponse> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<ApiResponse> PostAsync(string path, object? body = null) =>
        SendAsync(HttpMethod.Post, path, body);

    public Task<ApiResponse> PatchAsync(string path, object body) =>
        SendAsync(HttpMethod.Patch, path, body);

    public Task<ApiResponse> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public Task<ApiResponse> GraphQLAsync(string query, object? variables = null) =>
        PostAsync("/graphql", new { query, variables });

    /// <param name="method">The method.</param>
    /// <param name="path">The path with its query string.</param>
    /// <param name="body">A string is sent as it is, anything else as JSON; null sends no body.</param>
    /// <param name="headers">Further headers.</param>
    public Task<ApiResponse> SendAsync(
        HttpMethod method,
        string path,
        object? body = null,
        params (string Name, string Value)[] headers) =>
        ApiResponse.SendAsync(http, method, path, Secret, body, headers);
}

/// <summary>An answer of the API, read to its end.</summary>
public sealed record ApiResponse(int Status, HttpResponseHeaders Headers, string? ContentType, string Body)
{
    /// <summary>The body as JSON; null when there is none.</summary>
    public JsonNode? Json => Body.Length == 0 ? null : JsonNode.Parse(Body);

    /// <summary>The error code of REST, or that of the first GraphQL error.</summary>
    public string? ErrorCode =>
        (Json?["error"]?["code"] ?? Json?["errors"]?[0]?["extensions"]?["code"])?.GetValue<string>();

    /// <summary>The parameter that the error blames.</summary>
    public string? Param =>
        (Json?["error"]?["param"] ?? Json?["errors"]?[0]?["extensions"]?["param"])?.GetValue<string>();

    public string Id => Json!["id"]!.GetValue<string>();

    public string? Header(string name) =>
        Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    public static async Task<ApiResponse> SendAsync(
        HttpClient http,
        HttpMethod method,
        string path,
        string? key,
        object? body,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        if (body is not null)
        {
            request.Content = new StringContent(
                body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request);
        return new ApiResponse(
            (int)response.StatusCode,
            response.Headers,
            response.Content.Headers.ContentType?.ToString(),
            await response.Content.ReadAsStringAsync());
    }
}
