using System.Text.Json.Nodes;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>
/// Answers as the tests have seen them, in <c>OpenApi/Examples</c>: one for a resource
/// (<c>Event.json</c>) or an error code (<c>conflict.json</c>). A test refreshes them.
/// </summary>
internal static class Examples
{
    private const string Folder = "OpenApi/Examples/";

    /// <returns>The example of that name, or null where there is none.</returns>
    public static JsonNode? Find(string name)
    {
        using var stream = typeof(Examples).Assembly
            .GetManifestResourceStream($"{Folder}{name}.json");
        return stream is null ? null : JsonNode.Parse(stream);
    }
}
