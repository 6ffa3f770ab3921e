namespace Equaticket.RestFacade.Routing;

/// <summary>One documented route: a method and a path that run one GraphQL operation.</summary>
/// <param name="Method">GET (which answers HEAD too), POST, PATCH or DELETE.</param>
/// <param name="Template">The path, its parameters named as the operation's variables.</param>
/// <param name="Operation">The operation, and the name of its file.</param>
/// <param name="Status">The HTTP status of success; 201 sets <c>Location</c>, 204 has no body.</param>
public sealed record ApiRoute(string Method, string Template, string Operation, int Status = 200)
{
    /// <summary>Whether anyone may call it, from any web page.</summary>
    public bool IsPublic { get; init; }

    /// <summary>The path under which a created resource is found, unless it is the route itself.</summary>
    public string? Collection { get; init; }

    /// <summary>Whether it is a dashboard route, which signed-in users may call.</summary>
    public bool IsOfDashboard => Template.StartsWith("/api/settings/", StringComparison.Ordinal);

    /// <summary>Whether its answer says more than that it succeeded.</summary>
    public bool HasBody => Status != 204;
}
