using System.Text.Json.Nodes;
using Equaticket.Engine.Input;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>The envelope of every list (guide, "Pagination").</summary>
internal static class ListSchemas
{
    /// <param name="item">A reference to the schema of a row.</param>
    /// <param name="components">Takes the envelope.</param>
    public static JsonObject Of(JsonObject item, SchemaComponents components) =>
        components.Add($"{Reference.NameOf(item)}List", ObjectSchemas.Full(
            "One page of a list, newest first.",
            new JsonObject
            {
                ["livemode"] = Described(TypeSchemas.Typed("boolean"), "False for test data."),
                ["data"] = Described(
                    new JsonObject { ["type"] = "array", ["items"] = item },
                    "The rows of the page."),
                ["has_more"] = Described(
                    TypeSchemas.Typed("boolean"), "Whether rows follow this page."),
                ["next_cursor"] = Described(
                    TypeSchemas.OrNull(TypeSchemas.Typed("string")),
                    "Pass it as `cursor` to get the next page; null on the last one."),
            }));

    private static JsonObject Described(JsonObject schema, string description)
    {
        schema["description"] = description;
        return schema;
    }
}
