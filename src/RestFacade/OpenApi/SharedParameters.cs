using System.Text.Json.Nodes;
using Equaticket.Engine.Paging;
using Equaticket.Schema.Execution;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>The parameters that many routes share.</summary>
internal static class SharedParameters
{
    public const string IdempotencyKey = "IdempotencyKey";
    public const string IfMatch = "IfMatch";
    public const string IfNoneMatch = "IfNoneMatch";
    public const string RequestId = "RequestId";

    private const string Limit = "Limit";
    private const string Cursor = "Cursor";

    /// <returns>The parameter that fills an argument of a connection, or null for another one.</returns>
    public static string? ForPaging(InputTarget target) => target switch
    {
        { Parent: null, Name: "first" } => Limit,
        { Parent: null, Name: "after" } => Cursor,
        _ => null,
    };

    public static JsonObject ToJson() => new()
    {
        [Cursor] = Parameter(
            "cursor", "query",
            "The `next_cursor` of the page before; left out for the first page.",
            Text()),
        [IdempotencyKey] = Parameter(
            WriteClaim.Header, "header",
            "Makes a retry safe: a second request with this key and the same parameters gets the "
            + "first one's answer. A UUID, or any text of your own. Kept for 24 hours.",
            Text(WriteClaim.MaxLength)),
        [IfMatch] = Parameter(
            "If-Match", "header",
            "An `ETag` that you have read. The change is refused with `precondition_failed` when "
            + "the resource has been changed since.",
            Text()),
        [IfNoneMatch] = Parameter(
            "If-None-Match", "header",
            "An `ETag` that you have read. The answer is 304 without a body while it still holds.",
            Text()),
        [Limit] = Parameter(
            "limit", "query",
            "The most rows that the page may have.",
            new JsonObject
            {
                ["type"] = "integer",
                ["format"] = "int32",
                ["minimum"] = 1,
                ["maximum"] = PageRequest.MaxLimit,
                ["default"] = PageRequest.DefaultLimit,
            }),
        [RequestId] = Parameter(
            "X-Request-Id", "header",
            "An id of your own for this request: printable ASCII. It is sent back, and one of ours "
            + "when you give none.",
            Text(HeaderComponents.RequestIdLength)),
    };

    private static JsonObject Parameter(
        string name, string place, string description, JsonObject schema) => new()
        {
            ["name"] = name,
            ["in"] = place,
            ["required"] = false,
            ["description"] = description,
            ["schema"] = schema,
        };

    private static JsonObject Text(int? maxLength = null)
    {
        var schema = new JsonObject { ["type"] = "string", ["minLength"] = 1 };
        if (maxLength is { } length)
            schema["maxLength"] = length;
        return schema;
    }
}
