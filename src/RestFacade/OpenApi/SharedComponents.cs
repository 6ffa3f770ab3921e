using System.Globalization;
using System.Text.Json.Nodes;
using Equaticket.Engine.Paging;
using Equaticket.Persistence.Activity;
using Equaticket.Schema.Execution;
using Microsoft.OpenApi;

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

    /// <returns>The parameter for a paging argument of a connection; otherwise null.</returns>
    public static string? ForPaging(InputTarget target) => target switch
    {
        { Parent: null, Name: "first" } => Limit,
        { Parent: null, Name: "after" } => Cursor,
        _ => null,
    };

    public static Dictionary<string, IOpenApiParameter> All() => new()
    {
        [Cursor] = Parameter(
            "cursor",
            ParameterLocation.Query,
            "The `next_cursor` of the previous page. Leave it out for the first page.",
            Text()),
        [IdempotencyKey] = Parameter(
            WriteClaim.Header,
            ParameterLocation.Header,
            "Makes a retry safe: a second request with the same key and parameters gets the response of the "
            + "first. A UUID, or any text of your choice. Stored for 24 hours.",
            Text(WriteClaim.MaxLength)),
        [IfMatch] = Parameter(
            "If-Match",
            ParameterLocation.Header,
            "An `ETag` that you have read. If the resource has changed since, the request fails with "
            + "`precondition_failed`.",
            Text()),
        [IfNoneMatch] = Parameter(
            "If-None-Match",
            ParameterLocation.Header,
            "An `ETag` that you have read. If nothing has changed since, the response is 304 without a body.",
            Text()),
        [Limit] = Parameter(
            "limit",
            ParameterLocation.Query,
            "The maximum number of rows per page.",
            new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Format = "int32",
                Minimum = "1",
                Maximum = PageRequest.MaxLimit.ToString(CultureInfo.InvariantCulture),
                Default = JsonValue.Create(PageRequest.DefaultLimit),
            }),
        [RequestId] = Parameter(
            SharedHeaders.RequestId,
            ParameterLocation.Header,
            "Your own ID for this request, in printable ASCII. The response repeats it. By default we "
            + "generate one.",
            Text(ApiRequest.MaxRequestIdLength)),
    };

    private static OpenApiParameter Parameter(
        string name, ParameterLocation place, string description, OpenApiSchema schema) => new()
        {
            Name = name,
            In = place,
            Description = description,
            Schema = schema,
        };

    private static OpenApiSchema Text(int? maxLength = null) =>
        new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = maxLength };
}

/// <summary>The response headers.</summary>
internal static class SharedHeaders
{
    public const string RequestId = "X-Request-Id";
    public const string ETag = "ETag";
    public const string Location = "Location";
    public const string Replayed = "Idempotent-Replayed";
    public const string RetryAfter = "Retry-After";
    public const string Authenticate = "WWW-Authenticate";
    public const string CacheControl = "Cache-Control";
    public const string AllowOrigin = "Access-Control-Allow-Origin";

    private const string Limit = "RateLimit-Limit";
    private const string Remaining = "RateLimit-Remaining";
    private const string Reset = "RateLimit-Reset";

    public static IReadOnlyList<string> RateLimit { get; } = [Limit, Remaining, Reset];

    public static Dictionary<string, IOpenApiHeader> All() => new()
    {
        [AllowOrigin] = Header(
            "`*` on public operations, which any web page may call.", Text("^\\*$")),
        [CacheControl] = Header("How long the response may be cached.", Text(), isRequired: true),
        [ETag] = Header(
            "Identifies this version of the resource, for `If-None-Match` and `If-Match`.",
            Text("^\"[0-9a-f-]+\"$"),
            isRequired: true),
        [Replayed] = Header(
            "`true` if this is the stored response to an earlier request with the same `Idempotency-Key`.",
            Schemas.Choice(["true"])),
        [Location] = Header(
            "The path of the new resource.", Schemas.Text("uri-reference"), isRequired: true),
        [Limit] = Header("The number of requests allowed per minute.", Number("1")),
        [Remaining] = Header("The number of requests left in the current minute.", Number("0")),
        [Reset] = Header("The seconds until the next minute starts.", Number("0")),
        [RetryAfter] = Header("The seconds to wait before a retry.", Number("1")),
        [Authenticate] = Header("Always `Bearer`.", Text(), isRequired: true),
        [RequestId] = Header(
            "The ID of the request: yours, or `req_` and 24 characters. Include it when you contact support.",
            new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                MinLength = 1,
                MaxLength = ApiRequest.MaxRequestIdLength,
            },
            isRequired: true),
    };

    /// <returns>References to the named headers.</returns>
    public static Dictionary<string, IOpenApiHeader> To(
        IEnumerable<string> names, OpenApiDocument document) => names.ToDictionary(
            name => name, IOpenApiHeader (name) => new OpenApiHeaderReference(name, document));

    private static OpenApiHeader Header(
        string description, OpenApiSchema schema, bool isRequired = false) => new()
        {
            Description = description,
            Required = isRequired,
            Schema = schema,
        };

    private static OpenApiSchema Number(string least) =>
        new() { Type = JsonSchemaType.Integer, Minimum = least };

    private static OpenApiSchema Text(string? pattern = null) =>
        new() { Type = JsonSchemaType.String, Pattern = pattern };
}
