using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Schema.ApiKeys;

namespace Equaticket.Testing;

/// <summary>Calls the API with an API key.</summary>
public sealed class ApiClient(HttpClient http, CreatedApiKey key) : IApiCaller
{
    public Guid KeyId => key.Key.Id;

    /// <summary>The stored data of the key.</summary>
    public ApiKey Key => key.Key;

    /// <summary>The whole key, as clients send it.</summary>
    public string Secret => key.Secret.Text;

    /// <returns>A client with the same key for another host.</returns>
    public ApiClient On(TestHost host) => new(host.Http, key);

    public Task<ApiResponse> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<ApiResponse> PostAsync(string path, object? body = null) =>
        SendAsync(HttpMethod.Post, path, body);

    public Task<ApiResponse> PatchAsync(string path, object body) =>
        SendAsync(HttpMethod.Patch, path, body);

    public Task<ApiResponse> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public Task<ApiResponse> GraphQLAsync(string query, object? variables = null) =>
        PostAsync("/graphql", new { query, variables });

    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path, with its query string.</param>
    /// <param name="body">
    /// Strings and bytes are sent as they are, anything else as JSON; null sends no body.
    /// </param>
    /// <param name="headers">Additional headers.</param>
    public Task<ApiResponse> SendAsync(
        HttpMethod method,
        string path,
        object? body = null,
        params (string Name, string Value)[] headers) =>
        ApiResponse.SendAsync(http, method, path, Secret, body, headers);

    public Task<OpenSubscription> SubscribeAsync(
        string query, object variables, string? after = null) =>
        OpenSubscription.OpenAsync(http, query, variables, after, ApiResponse.Credential(Secret));
}

/// <summary>A complete response of the API.</summary>
public sealed record ApiResponse(
    int Status, IReadOnlyDictionary<string, string> Headers, string? ContentType, string Body)
{
    private static readonly UriCreationOptions AsGiven = new()
    {
        DangerousDisablePathAndQueryCanonicalization = true,
    };

    /// <summary>The body as JSON; null if it is empty.</summary>
    public JsonNode? Json => Body.Length == 0 ? null : JsonNode.Parse(Body);

    /// <summary>The REST error code, or the code of the first GraphQL error.</summary>
    public string? ErrorCode =>
        (Json?["error"]?["code"] ?? Json?["errors"]?[0]?["extensions"]?["code"])?.GetValue<string>();

    /// <summary>The parameter that the error reports.</summary>
    public string? Param =>
        (Json?["error"]?["param"] ?? Json?["errors"]?[0]?["extensions"]?["param"])?.GetValue<string>();

    public string Id => Json!["id"]!.GetValue<string>();

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <remarks>The path is sent as given; the test must escape it where necessary.</remarks>
    public static async Task<ApiResponse> SendAsync(
        HttpClient http,
        HttpMethod method,
        string path,
        string? key,
        object? body,
        params (string Name, string Value)[] headers)
    {
        using var request = Request(
            http, method, path, body, key is null ? headers : [Credential(key), .. headers]);
        using var response = await http.SendAsync(request);
        return await ReadAsync(response);
    }

    /// <summary>The header that authenticates a request with a key.</summary>
    public static (string Name, string Value) Credential(string key) => ("Authorization", $"Bearer {key}");

    public static HttpRequestMessage Request(
        HttpClient http,
        HttpMethod method,
        string path,
        object? body,
        params (string Name, string Value)[] headers)
    {
        var authority = http.BaseAddress!.GetLeftPart(UriPartial.Authority);
        var request = new HttpRequestMessage(method, new Uri(authority + path, AsGiven))
        {
            Content = Content(body),
        };
        foreach (var (name, value) in headers)
            Add(request, name, value);
        return request;
    }

    private static ByteArrayContent? Content(object? body)
    {
        if (body is null)
            return null;
        var content = new ByteArrayContent(body switch
        {
            byte[] bytes => bytes,
            string text => Encoding.UTF8.GetBytes(text),
            _ => JsonSerializer.SerializeToUtf8Bytes(body),
        });
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private static void Add(HttpRequestMessage request, string name, string value)
    {
        if (request.Headers.TryAddWithoutValidation(name, value) || request.Content is null)
            return;
        request.Content.Headers.Remove(name);
        request.Content.Headers.TryAddWithoutValidation(name, value);
    }

    private static async Task<ApiResponse> ReadAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        response.Headers.Concat(response.Content.Headers).ToDictionary(
            header => header.Key,
            header => string.Join(", ", header.Value),
            StringComparer.OrdinalIgnoreCase),
        response.Content.Headers.ContentType?.ToString(),
        await response.Content.ReadAsStringAsync());
}
