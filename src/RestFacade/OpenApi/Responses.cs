using System.Globalization;
using System.Text.Json.Nodes;
using Equaticket.Engine.Errors;
using Equaticket.RestFacade.Binding;
using Equaticket.RestFacade.Routing;
using Microsoft.OpenApi;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>All responses of a route, by HTTP status.</summary>
internal sealed class Responses(OpenApiDocument document, SchemaComponents components)
{
    private readonly ErrorResponses _errors = new(document, components);

    /// <param name="facts">The route.</param>
    /// <param name="result">The schema of its response; null if the response has no body.</param>
    public OpenApiResponses Of(RouteFacts facts, IOpenApiSchema? result)
    {
        var route = facts.Operation.Route;
        var responses = new OpenApiResponses
        {
            [Key(route.Status)] = Success(facts, Meaning(route.Status), result),
        };
        if (facts.MayBeNotModified)
            responses["304"] = Success(facts, "The resource has not changed since you read it.", null);
        foreach (var status in ErrorResponses.CodesOf(facts))
            responses[Key(status.Key)] = _errors.Add([.. status]);
        return responses;
    }

    private OpenApiResponse Success(RouteFacts facts, string description, IOpenApiSchema? result) => new()
    {
        Description = description,
        Headers = SharedHeaders.To(SuccessHeaders(facts.Operation.Route, facts.HasETag), document),
        Content = result is null ? null : Media.Json(result),
    };

    private static IEnumerable<string> SuccessHeaders(ApiRoute route, bool hasETag) =>
    [
        SharedHeaders.RequestId,
        .. SharedHeaders.RateLimit,
        .. If(hasETag, SharedHeaders.ETag),
        .. If(route.Status == 201, SharedHeaders.Location),
        .. If(route.Method == "POST", SharedHeaders.Replayed),
        .. If(route.IsPublic, SharedHeaders.CacheControl),
        .. If(route.IsPublic, SharedHeaders.AllowOrigin),
    ];

    private static IEnumerable<string> If(bool applies, string name) => applies ? [name] : [];

    private static string Meaning(int status) => status switch
    {
        201 => "Created. `Location` is the path of the new resource.",
        202 => "Accepted. The work continues in the background.",
        204 => "Done. The response has no body.",
        _ => "Success.",
    };

    private static string Key(int status) => status.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The responses with the error envelope, one for each set of codes that share a status.</summary>
internal sealed class ErrorResponses(OpenApiDocument document, SchemaComponents components)
{
    /// <summary>The extension that lists the possible codes of a response.</summary>
    private const string Codes = "x-error-codes";

    private readonly IOpenApiSchema _envelope = components.Add("ErrorEnvelope", Envelope(components));

    /// <summary>
    /// The errors of a route: those of all routes of its kind, and those that its description mentions.
    /// </summary>
    /// <returns>The codes by HTTP status.</returns>
    public static IEnumerable<IGrouping<int, ErrorCode>> CodesOf(RouteFacts route) =>
        Enum.GetValues<ErrorCode>()
            .Where(code => IsOfKind(code, route)
                || route.Description.Contains($"`{code.WireName()}`", StringComparison.Ordinal))
            .GroupBy(code => code.HttpStatus())
            .OrderBy(status => status.Key);

    /// <returns>A reference to the response with these codes.</returns>
    public IOpenApiResponse Add(IReadOnlyList<ErrorCode> codes)
    {
        var name = string.Join("Or", codes);
        document.Components!.Responses!.TryAdd(name, Response(codes));
        return new OpenApiResponseReference(name, document);
    }

    private static bool IsOfKind(ErrorCode code, RouteFacts route) => code switch
    {
        ErrorCode.ValidationError => true,
        ErrorCode.Unauthorized or ErrorCode.Forbidden => !route.Operation.Route.IsPublic,
        ErrorCode.ApiTermsRequired => false,
        ErrorCode.NotFound => route.Inputs.Any(NamesResource),
        // Only for methods that the path does not support.
        ErrorCode.MethodNotAllowed => false,
        ErrorCode.Conflict => route.Operation.Operation.IsMutation,
        ErrorCode.PreconditionFailed => route.InputsFrom(VariableSource.IfMatch).Any(),
        ErrorCode.PayloadTooLarge or ErrorCode.UnsupportedMediaType or ErrorCode.Unprocessable =>
            route.Method is "POST" or "PATCH",
        ErrorCode.RateLimited or ErrorCode.InternalError or ErrorCode.Unavailable => true,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "No description is defined."),
    };

    /// <summary>Required parameters in the path or query identify the resource.</summary>
    private static bool NamesResource(OperationInput input) =>
        input.Variable is { IsRequired: true, Source: VariableSource.Path or VariableSource.Query };

    private OpenApiResponse Response(IReadOnlyList<ErrorCode> codes)
    {
        var names = codes.Select(code => code.WireName()).ToList();
        var examples = names
            .Select(name => (Name: name, Value: Resources.FindExample(name)))
            .Where(example => example.Value is not null)
            .ToDictionary(
                example => example.Name,
                IOpenApiExample (example) => new OpenApiExample { Value = example.Value });
        return new OpenApiResponse
        {
            Description = string.Join('\n', codes.Select(code =>
                $"`{code.WireName()}`: {Wording.Meaning(code)}")),
            Headers = SharedHeaders.To(Headers(codes[0]), document),
            Content = Media.Json(_envelope, examples: examples),
            Extensions = new Dictionary<string, IOpenApiExtension>
            {
                [Codes] = new JsonNodeExtension(
                    new JsonArray([.. names.Select(name => (JsonNode?)JsonValue.Create(name))])),
            },
        };
    }

    private static IEnumerable<string> Headers(ErrorCode code)
    {
        yield return SharedHeaders.RequestId;
        if (code == ErrorCode.Unauthorized)
            yield return SharedHeaders.Authenticate;
        if (OccursOnPublicRoutes(code))
            yield return SharedHeaders.AllowOrigin;
        foreach (var name in SharedHeaders.RateLimit)
            yield return name;
        if (code is ErrorCode.Conflict or ErrorCode.RateLimited or ErrorCode.Unavailable)
            yield return SharedHeaders.RetryAfter;
        if (code.IsFinal())
            yield return SharedHeaders.Replayed;
    }

    private static bool OccursOnPublicRoutes(ErrorCode code) => code
        is ErrorCode.ValidationError or ErrorCode.NotFound or ErrorCode.RateLimited
        or ErrorCode.InternalError or ErrorCode.Unavailable;

    /// <summary>The error envelope (guide, "Error responses").</summary>
    private static OpenApiSchema Envelope(SchemaComponents components)
    {
        var error = Schemas.Open(
            "What went wrong.",
            new Dictionary<string, IOpenApiSchema>
            {
                ["code"] = components.Add("ErrorCode", Schemas
                    .Choice(Enum.GetValues<ErrorCode>().Select(code => code.WireName()))
                    .Described("The kind of error, for programs.")),
                ["message"] = Schemas.Text().Described(
                    "A sentence for people. Its wording may change: branch on `code`."),
                ["request_id"] = Schemas.Text().Described(
                    "The same ID as in `X-Request-Id`. A replayed response keeps the ID of its first request. "
                    + "Include it when you contact support."),
                ["param"] = Schemas.Text().Described(
                    "The field or parameter that caused the error, as you wrote it: `starts_at`, "
                    + "`items[0].quantity`. Absent if there is none."),
                ["doc_url"] = Schemas.Text("uri").Described("The page that explains the error codes."),
            });
        error.Required!.Remove("param");
        return Schemas.Open(
            "Every error has this form.", new Dictionary<string, IOpenApiSchema> { ["error"] = error });
    }
}
