using System.Text.Json.Nodes;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Spelling;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>How a caller says who it is.</summary>
internal static class SecuritySchemes
{
    private const string SessionCookie = "equaticket_session";

    public static JsonObject ToJson() => new()
    {
        ["apiKey"] = new JsonObject
        {
            ["type"] = "http",
            ["scheme"] = "bearer",
            ["bearerFormat"] = "sk_live_… or sk_test_…",
            ["description"] = string.Join('\n', [
                "An API key: `sk_live_…` for live data, `sk_test_…` for test data, which are fully "
                + "isolated. Each operation lists the scopes that the key must have in "
                + $"`{Security.RequiredScopes}`, of:",
                "",
                .. WireNames<Scope>.All.Select(scope => $"- `{scope}`")]),
        },
        ["session"] = new JsonObject
        {
            ["type"] = "apiKey",
            ["in"] = "cookie",
            ["name"] = SessionCookie,
            ["description"] = "The session of a person who is signed in to the dashboard.",
        },
    };
}
