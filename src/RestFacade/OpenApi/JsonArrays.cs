using System.Text.Json.Nodes;

namespace Equaticket.RestFacade.OpenApi;

internal static class JsonArrays
{
    public static JsonArray ToJsonArray(this IEnumerable<string> texts) =>
        [.. texts.Select(text => JsonValue.Create(text))];
}
