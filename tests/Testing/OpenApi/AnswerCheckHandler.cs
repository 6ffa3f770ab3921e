using Xunit.Sdk;

namespace Equaticket.Testing.OpenApi;

/// <summary>
/// Checks every REST API response that a test receives against the committed OpenAPI document, and
/// fails the test if a response is not documented.
/// </summary>
public sealed class AnswerCheckHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string Prefix = "/api/";

    private readonly AnswerCheck _check = new(ApiDescription.Committed);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        // A test may send dots and escapes as they are; the server resolves them, and so does this code.
        var path = new Uri(request.RequestUri!.OriginalString).AbsolutePath;
        if (!path.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return response;
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var answer = await ObserveAsync(request.Method.Method, path, response, cancellationToken);
        var faults = _check.Faults(answer);
        return faults.Count == 0
            ? response
            : throw new XunitException(
                $"{request.Method} {path} answers otherwise than openapi.json says: "
                + $"{string.Join("; ", faults)}\nHTTP {answer.Status} {answer.Body}");
    }

    private static async Task<ObservedAnswer> ObserveAsync(
        string method, string path, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated);
        return new ObservedAnswer(
            method,
            path,
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.ToString(),
            headers.ToDictionary(
                header => header.Key,
                header => header.Value.ToString(),
                StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsStringAsync(cancellationToken));
    }
}
