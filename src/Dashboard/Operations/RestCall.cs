using System.Collections.Frozen;
using Equaticket.Engine.Execution;
using Equaticket.RestFacade.Binding;
using Equaticket.RestFacade.Operations;
using Microsoft.AspNetCore.Http;

namespace Equaticket.Dashboard.Operations;

/// <summary>The REST route that returns the data of a page.</summary>
/// <param name="Template">The path template.</param>
/// <param name="Filters">The query parameters that it accepts.</param>
public sealed record RestCall(string Template, FrozenSet<string> Filters)
{
    /// <returns>The first API key route whose operation has the same first root field; null if none does.</returns>
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

    /// <param name="request">The page request. The call reuses its ids and filters.</param>
    /// <param name="home">The scheme and host.</param>
    /// <param name="mode">The mode of the page: <c>live</c> or <c>test</c>.</param>
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
