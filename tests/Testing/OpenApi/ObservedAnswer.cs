namespace Equaticket.Testing.OpenApi;

/// <summary>A response as received.</summary>
/// <param name="Method">The method of the request.</param>
/// <param name="Path">The path of the request, without its query.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The content type; null if there is none.</param>
/// <param name="Headers">All headers of the response.</param>
/// <param name="Body">The body; empty if there is none.</param>
public sealed record ObservedAnswer(
    string Method,
    string Path,
    int Status,
    string? ContentType,
    IReadOnlyDictionary<string, string> Headers,
    string Body)
{
    public bool IsHead => Method == "HEAD";
}
