using Equaticket.Host.GraphQL;

namespace Equaticket.Testing;

/// <summary>Calls the API as a signed-in user.</summary>
public sealed class SessionClient(HttpClient http, Guid userId, Guid organizationId, bool livemode)
    : IApiCaller
{
    private static readonly (string Name, string Value) Preflight = (CrossSiteGuard.Header, "1");

    public Guid UserId => userId;

    /// <summary>The credential of the session, the value of <see cref="TestSessions.Header"/>.</summary>
    public string Credential => TestSessions.For(userId, organizationId, livemode).Value;

    /// <returns>A client for the same user on another host.</returns>
    public SessionClient On(TestHost host) => new(host.Http, userId, organizationId, livemode);

    public Task<ApiResponse> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<ApiResponse> PostAsync(string path, object? body = null) =>
        SendAsync(HttpMethod.Post, path, body);

    public Task<ApiResponse> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public Task<ApiResponse> GraphQLAsync(string query, object? variables = null) =>
        PostAsync("/graphql", new { query, variables });

    public Task<ApiResponse> SendAsync(
        HttpMethod method,
        string path,
        object? body = null,
        params (string Name, string Value)[] headers) =>
        ApiResponse.SendAsync(
            http, method, path, key: null, body,
            [TestSessions.For(userId, organizationId, livemode), Preflight, .. headers]);

    public Task<OpenSubscription> SubscribeAsync(
        string query, object variables, string? after = null) =>
        OpenSubscription.OpenAsync(
            http, query, variables, after,
            TestSessions.For(userId, organizationId, livemode), Preflight);
}
