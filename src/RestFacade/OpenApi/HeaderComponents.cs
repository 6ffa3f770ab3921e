using System.Text.Json.Nodes;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>The headers of answers.</summary>
internal static class HeaderComponents
{
    public const string RequestId = "X-Request-Id";
    public const string ETag = "ETag";
    public const string Location = "Location";
    public const string Replayed = "Idempotent-Replayed";
    public const string RetryAfter = "Retry-After";
    public const string Authenticate = "WWW-Authenticate";
    public const string CacheControl = "Cache-Control";
    public const string AllowOrigin = "Access-Control-Allow-Origin";

    /// <summary>The most characters of a caller's own request id.</summary>
    public const int RequestIdLength = 128;

    private const string Limit = "RateLimit-Limit";
    private const string Remaining = "RateLimit-Remaining";
    private const string Reset = "RateLimit-Reset";

    public static IReadOnlyList<string> RateLimit { get; } = [Limit, Remaining, Reset];

    public static JsonObject ToJson() => new()
    {
        [AllowOrigin] = Header(
            "`*` on public operations, which every web page may call.", Text("^\\*$")),
        [CacheControl] = Header("How long the answer may be kept.", Text(), isRequired: true),
        [ETag] = Header(
            "Names this state of the resource, for `If-None-Match` and `If-Match`.",
            Text("^\"[0-9a-f-]+\"$"),
            isRequired: true),
        [Replayed] = Header(
            "`true` when this is the stored answer to an earlier request with the same "
            + "`Idempotency-Key`.",
            new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("true") }),
        [Location] = Header(
            "The path of the new resource.",
            TypeSchemas.Typed("string", "uri-reference"),
            isRequired: true),
        [Limit] = Header("How many requests a window of one minute allows.", Number(1)),
        [Remaining] = Header("How many of them are left.", Number(0)),
        [Reset] = Header("In how many seconds the next window starts.", Number(0)),
        [RetryAfter] = Header("After how many seconds a retry may succeed.", Number(1)),
        [Authenticate] = Header("Always `Bearer`.", Text(), isRequired: true),
        [RequestId] = Header(
            "The id of the request: your own, or `req_` and 24 characters. Give it to support.",
            new JsonObject
            {
                ["type"] = "string",
                ["minLength"] = 1,
                ["maxLength"] = RequestIdLength,
            },
            isRequired: true),
    };

    /// <returns>References to the named headers.</returns>
    public static JsonObject To(IEnumerable<string> names) => new(names.Select(name =>
        KeyValuePair.Create<string, JsonNode?>(name, Reference.To("headers", name))));

    private static JsonObject Header(
        string description, JsonObject schema, bool isRequired = false) => new()
        {
            ["description"] = description,
            ["required"] = isRequired,
            ["schema"] = schema,
        };

    private static JsonObject Number(int least) =>
        new() { ["type"] = "integer", ["minimum"] = least };

    private static JsonObject Text(string? pattern = null)
    {
        var schema = TypeSchemas.Typed("string");
        if (pattern is not null)
            schema["pattern"] = pattern;
        return schema;
    }
}
