using System.Text.Json.Nodes;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>The error envelope (guide, "Error responses").</summary>
internal static class ErrorSchemas
{
    public static JsonObject Envelope(SchemaComponents components) => ObjectSchemas.Full(
        "Every error has this form.",
        new JsonObject
        {
            ["error"] = ObjectSchemas.Of(
                "What went wrong.", Members(components), ["code", "message", "request_id", "doc_url"]),
        });

    private static JsonObject Members(SchemaComponents components) => new()
    {
        ["code"] = components.Add("ErrorCode", Code()),
        ["message"] = Described(
            TypeSchemas.Typed("string"), "A sentence for people. It may change; branch on `code`."),
        ["request_id"] = Described(
            TypeSchemas.Typed("string"), "The same as in `X-Request-Id`, also of a replayed answer's "
            + "first request. Give it to support."),
        ["param"] = Described(
            TypeSchemas.Typed("string"),
            "The field or parameter to blame, as you wrote it: `starts_at`, `items[0].quantity`. "
            + "Absent where none is."),
        ["doc_url"] = Described(
            TypeSchemas.Typed("string", "uri"), "The page that explains the codes."),
    };

    private static JsonObject Code()
    {
        var schema = Described(
            TypeSchemas.Typed("string"), "The reason, for programs to branch on.");
        schema["enum"] = Enum.GetValues<ErrorCode>().Select(code => code.WireName()).ToJsonArray();
        return schema;
    }

    private static JsonObject Described(JsonObject schema, string description)
    {
        schema["description"] = description;
        return schema;
    }
}
