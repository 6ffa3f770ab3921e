using System.Text.Json;
using Equaticket.Engine.Errors;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;

namespace Equaticket.RestFacade.Binding;

/// <summary>Reads the idempotency key of a POST.</summary>
internal static class RestClaims
{
    /// <returns>The key, or null if there is none or the method does not accept one.</returns>
    /// <exception cref="ApiError">The key is not allowed.</exception>
    public static string? ReadKey(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
            ? WriteClaim.ReadKey(request.Headers[WriteClaim.Header])
            : null;

    /// <summary>What a retry must repeat: method, path, and body, and the query in any order.</summary>
    public static WriteClaim? Claim(string? key, HttpRequest request, JsonElement body)
    {
        if (key is null)
            return null;
        var query = request.Query
            .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
            .Select(parameter => $"{parameter.Key}={parameter.Value}");
        return WriteClaim.Of(
            key,
            request.Method,
            request.Path.Value ?? "",
            string.Join('&', query),
            CanonicalJson.Write(body));
    }
}
