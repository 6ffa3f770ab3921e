namespace Equaticket.Testing.OpenApi;

/// <summary>An answer as it came over the wire.</summary>
/// <param name="Method">The method of the request.</param>
/// <param name="Path">The path of the request, without its query.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The type of the body; null where there is none.</param>
/// <param name="Headers">All headers of the answer.</param>
/// <param name="Body">Empty where there is none.</param>
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
