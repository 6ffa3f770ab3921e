using System.Text.Json.Nodes;
using Equaticket.Engine.Documents;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using Equaticket.Http;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>The answers in the error envelope, one for each set of codes that share a status.</summary>
internal sealed class ErrorResponses
{
    private const string Envelope = "ErrorEnvelope";

    /// <summary>The codes that an answer may have.</summary>
    private const string Codes = "x-error-codes";

    private readonly SortedDictionary<string, JsonObject> _responses = new(StringComparer.Ordinal);

    public ErrorResponses(SchemaComponents components) =>
        components.Add(Envelope, ErrorSchemas.Envelope(components));

    /// <returns>A reference to the answer with these codes.</returns>
    public JsonObject Add(IReadOnlyList<ErrorCode> codes)
    {
        var name = string.Join("Or", codes);
        if (!_responses.ContainsKey(name))
            _responses.Add(name, Response(codes));
        return Reference.To("responses", name);
    }

    public JsonObject ToJson() => new(_responses.Select(pair =>
        KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));

    private static JsonObject Response(IReadOnlyList<ErrorCode> codes)
    {
        var examples = new JsonObject(codes
            .Select(code => (Name: code.WireName(), Value: Examples.Find(code.WireName())))
            .Where(example => example.Value is not null)
            .Select(example => KeyValuePair.Create<string, JsonNode?>(
                example.Name, new JsonObject { ["value"] = example.Value })));
        return new JsonObject
        {
            ["description"] = string.Join('\n', codes.Select(code =>
                $"`{code.WireName()}`: {ErrorMeanings.Of(code)}")),
            [Codes] = codes.Select(code => code.WireName()).ToJsonArray(),
            ["headers"] = HeaderComponents.To(Headers(codes[0])),
            ["content"] = MediaTypes.Json(Reference.To("schemas", Envelope), examples),
        };
    }

    private static IEnumerable<string> Headers(ErrorCode code)
    {
        yield return HeaderComponents.RequestId;
        if (code == ErrorCode.Unauthorized)
            yield return HeaderComponents.Authenticate;
        if (IsMetByPublicRoutes(code))
            yield return HeaderComponents.AllowOrigin;
        foreach (var name in HeaderComponents.RateLimit)
            yield return name;
        if (code is ErrorCode.Conflict or ErrorCode.RateLimited or ErrorCode.Unavailable)
            yield return HeaderComponents.RetryAfter;
        if (code.IsFinal())
            yield return HeaderComponents.Replayed;
    }

    private static bool IsMetByPublicRoutes(ErrorCode code) => code
        is ErrorCode.ValidationError or ErrorCode.NotFound or ErrorCode.RateLimited
        or ErrorCode.InternalError or ErrorCode.Unavailable;
}
