using System.Text.Json.Nodes;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Spelling;
using Equaticket.RestFacade.Operations;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>Who may call a route, as the directives of the schema say.</summary>
internal static class Security
{
    /// <summary>The scopes of a key; linters know scopes of OAuth 2 alone in <c>security</c>.</summary>
    public const string RequiredScopes = "x-required-scopes";

    private const string ApiKey = "apiKey";

    public static JsonArray Of(RestOperation operation) =>
        operation.Route.IsPublic ? [] : [new JsonObject { [ApiKey] = new JsonArray() }];

    /// <returns>The scopes that a key must have.</returns>
    public static IReadOnlyList<string> Scopes(RestOperation operation) =>
    [
        .. operation.Operation.Needs
            .Select(need => need.Scope)
            .OfType<Scope>()
            .Distinct()
            .Select(WireNames<Scope>.Of),
    ];

    /// <returns>The same in words, or null where no scope is needed.</returns>
    public static string? Sentence(RestOperation operation)
    {
        var scopes = Scopes(operation);
        if (scopes.Count == 0)
            return null;
        var sentence = $"Scope: `{string.Join("`, `", scopes)}`.";
        return operation.Operation.Needs.Any(need => need.TestKeysOnly)
            ? $"{sentence} Test keys only."
            : sentence;
    }

    public static JsonObject Schemes() => new()
    {
        [ApiKey] = new JsonObject
        {
            ["type"] = "http",
            ["scheme"] = "bearer",
            ["bearerFormat"] = "sk_live_… or sk_test_…",
            ["description"] = string.Join('\n', [
                "An API key: `sk_live_…` for live data, `sk_test_…` for test data, which are fully "
                + "isolated. Each operation lists the scopes that the key must have in `x-required-scopes`, of:",
                "",
                .. WireNames<Scope>.All.Select(scope => $"- `{scope}`")]),
        },
    };
}
