namespace Equaticket.Testing;

/// <summary>A caller of the API: a key or a session.</summary>
public interface IApiCaller
{
    Task<ApiResponse> SendAsync(
        HttpMethod method,
        string path,
        object? body = null,
        params (string Name, string Value)[] headers);

    /// <param name="query">A subscription.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="after">The position to continue from; null for new events only.</param>
    Task<OpenSubscription> SubscribeAsync(string query, object variables, string? after = null);
}
