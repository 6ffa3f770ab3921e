using System.Text.Json.Nodes;
using Equaticket.Engine.Input;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>Makes an example of a request from that of its answer: the members that both have.</summary>
internal static class RequestExamples
{
    /// <param name="body">The request body to add it to.</param>
    /// <param name="answer">A reference to the schema of the answer.</param>
    /// <param name="components">Where the schemas are.</param>
    public static void Add(JsonObject body, JsonObject? answer, SchemaComponents components)
    {
        var media = body["content"]!["application/json"]!.AsObject();
        var request = components.Find(Reference.NameOf(media["schema"]!.AsObject())!);
        if (answer is null
            || components.Find(Reference.NameOf(answer)!)["examples"]?[0] is not { } seen)
            return;
        var members = request["properties"]!.AsObject()
            .Where(property => seen[property.Key] is not null)
            .Select(property => KeyValuePair.Create(property.Key, seen[property.Key]?.DeepClone()));
        var example = new JsonObject(members);
        var required = request["required"]?.AsArray() ?? [];
        if (required.All(name => example.ContainsKey((string)name!)))
            media["example"] = example;
    }
}
