namespace Equaticket.Testing;

/// <summary>Whoever calls the API: a key or a session.</summary>
public interface IApiCaller
{
    Task<ApiResponse> SendAsync(
        HttpMethod method,
        string path,
        object? body = null,
        params (string Name, string Value)[] headers);
}
