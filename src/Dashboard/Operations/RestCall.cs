using System.Collections.Frozen;
using Equaticket.Engine.Execution;
using Equaticket.RestFacade.Binding;
using Equaticket.RestFacade.Operations;
using Microsoft.AspNetCore.Http;

namespace Equaticket.Dashboard.Operations;

/// <summary>The REST route that reads what a page shows.</summary>
/// <param name="Template">Its path.</param>
/// <param name="Filters">What its query string may hold.</param>
public sealed record RestCall(string Template, FrozenSet<string> Filters)
{
    /// <returns>The first route for API keys whose operation begins with the same field; null for none.</returns>
    public static RestCall? Of(PageOperation page, IEnumerable<RestOperation> routes)
    {
        var root = RootOf(page.Operation);
        return routes.Where(rest => rest.Route is { Method: "GET", IsOfDashboard: false, IsPublic: false }
                && RootOf(rest.Operation) == root)
            .Select(rest => new RestCall(
                rest.Route.Template,
                rest.Binder.Variables.Where(variable => variable.Source != VariableSource.Path)
                    .Select(variable => variable.Name).ToFrozenSet()))
            .FirstOrDefault();
    }

    /// <param name="request">The page's, whose ids and filters the call has too.</param>
    /// <param name="home">Scheme and host.</param>
    /// <param name="mode">Whose data the page shows.</param>
    public string Curl(HttpRequest request, string home, string mode)
    {
        var path = request.RouteValues.Aggregate(Template, (template, value) => template.Replace(
            $"{{{value.Key}}}", $"{value.Value}", StringComparison.Ordinal));
        var query = QueryString.Create(request.Query.Where(
            filter => Filters.Contains(filter.Key) && filter.Value.ToString().Length > 0));
        return $"curl \"{home}{path}{query}\" \\\n  -H \"Authorization: Bearer sk_{mode}_…\"";
    }

    private static string RootOf(Operation operation) =>
        RootFields.Of(operation.Document, operation.Definition).First().Name.StringValue;
}
