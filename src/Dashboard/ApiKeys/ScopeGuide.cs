using System.Globalization;
using Equaticket.Dashboard.Forms;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Spelling;
using Equaticket.RestFacade.Operations;
using Equaticket.Schema.Execution;

namespace Equaticket.Dashboard.ApiKeys;

/// <summary>Describes each scope of an API key, with the routes it grants access to.</summary>
public sealed class ScopeGuide
{
    public ScopeGuide(OperationCatalog catalog) =>
        Scopes = [.. Enum.GetValues<Scope>().Select(scope => ToChoice(scope, catalog))];

    public IReadOnlyList<Choice> Modes { get; } =
    [
        new("live", "Live", "Works on your real events and buyers. Starts with sk_live_."),
        new("test", "Test", "Works on test data, which is separate from live data. Starts with sk_test_."),
    ];

    public IReadOnlyList<Choice> Scopes { get; }

    /// <returns>Midnight UTC that many days from now; empty if the text is not a number.</returns>
    public static string EndAfter(DateTime today, string days) =>
        int.TryParse(days, CultureInfo.InvariantCulture, out var count) && count is > 0 and < 10_000
            ? today.AddDays(count).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : "";

    private static Choice ToChoice(Scope scope, OperationCatalog catalog)
    {
        var routes = catalog.Operations
            .Where(operation => operation.Operation.Needs.OfType<FieldAccess>()
                .Any(need => need.Scope == scope && !need.TestKeysOnly))
            .Select(operation => $"{operation.Route.Method} {operation.Route.Template["/api/v1".Length..]}");
        return new Choice(
            WireNames<Scope>.Of(scope), WireNames<Scope>.Of(scope),
            $"{WireNames<Scope>.Meaning(scope)} Grants access to: {string.Join(", ", routes)}.");
    }
}
