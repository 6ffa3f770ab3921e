using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Team;
using Equaticket.RestFacade.Operations;
using Equaticket.Schema.Execution;
using Microsoft.OpenApi;
using Scope = Equaticket.Persistence.ApiKeys.Scope;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>Who may call a route, according to the schema's directives.</summary>
internal static class Security
{
    /// <summary>The scopes of a key. Linters expect only OAuth 2 scopes in <c>security</c>.</summary>
    public const string RequiredScopes = "x-required-scopes";

    private const string ApiKey = "apiKey";
    private const string Session = "session";
    private const string SessionCookie = "equaticket_session";

    /// <summary>The authentication schemes.</summary>
    public static Dictionary<string, IOpenApiSecurityScheme> Schemes() => new()
    {
        [ApiKey] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "sk_live_… or sk_test_…",
            Description = string.Join('\n', [
                "An API key: `sk_live_…` for live data, `sk_test_…` for test data. The two are fully "
                + $"isolated. Each operation lists the scopes it requires in `{RequiredScopes}`:",
                "",
                .. WireNames<Scope>.All.Select(scope => $"- `{scope}`")]),
        },
        [Session] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Cookie,
            Name = SessionCookie,
            Description = "The session of a user who is signed in to the dashboard.",
        },
    };

    /// <returns>The alternative authentication schemes; empty for a public route.</returns>
    public static IList<OpenApiSecurityRequirement> Of(
        RestOperation operation, OpenApiDocument document) =>
    [
        .. Schemes(operation).Select(scheme => new OpenApiSecurityRequirement
        {
            [new OpenApiSecuritySchemeReference(scheme, document)] = [],
        }),
    ];

    /// <returns>The scopes that a key needs.</returns>
    public static IReadOnlyList<string> Scopes(RestOperation operation) =>
    [
        .. Needs(operation)
            .Select(need => need.Scope)
            .OfType<Scope>()
            .Distinct()
            .Select(WireNames<Scope>.Of),
    ];

    /// <returns>The access requirements in words; empty for a public route.</returns>
    public static string Sentence(RestOperation operation) =>
        Schemes(operation).Select(scheme => scheme == ApiKey ? KeyPhrase(operation) : SessionPhrase(operation)).ToList()
            is { Count: > 0 } phrases
            ? $"Requires {string.Join(", or ", phrases)}."
            : "";

    private static IEnumerable<FieldAccess> Needs(RestOperation operation) =>
        operation.Operation.Needs.Cast<FieldAccess>();

    private static IEnumerable<string> Schemes(RestOperation operation)
    {
        if (Scopes(operation).Count > 0)
            yield return ApiKey;
        if (operation.Route.IsOfDashboard)
            yield return Session;
    }

    private static string KeyPhrase(RestOperation operation)
    {
        var key = Needs(operation).Any(need => need.TestKeysOnly) ? "a test key" : "an API key";
        var scopes = Scopes(operation);
        return $"{key} with the {(scopes.Count == 1 ? "scope" : "scopes")} `{string.Join("` and `", scopes)}`";
    }

    private static string SessionPhrase(RestOperation operation)
    {
        // Each role includes the ones after it, so the lowest number is the highest role.
        var role = Needs(operation).Select(need => need.Role).OfType<Role>().Min();
        var above = role == Role.Owner ? "" : " or above";
        return $"a dashboard session with the role `{WireNames<Role>.Of(role)}`{above}";
    }
}
