namespace Equaticket.RestFacade.Routing;

/// <summary>One documented route: a method and a path that run one GraphQL operation.</summary>
/// <param name="Method">GET (which includes HEAD), POST, PATCH or DELETE.</param>
/// <param name="Template">The path; its parameters have the names of the operation's variables.</param>
/// <param name="Operation">The operation, and the name of its file.</param>
/// <param name="Status">The HTTP status on success; 201 sets <c>Location</c>, 204 has no body.</param>
public sealed record ApiRoute(string Method, string Template, string Operation, int Status = 200)
{
    /// <summary>Whether anyone may call it, from any web page.</summary>
    public bool IsPublic { get; init; }

    /// <summary>The base path of created resources, unless it is the route itself.</summary>
    public string? Collection { get; init; }

    /// <summary>Whether it is a dashboard route, which signed-in users may call.</summary>
    public bool IsOfDashboard => Template.StartsWith("/api/settings/", StringComparison.Ordinal);

    /// <summary>Whether its response has a body.</summary>
    public bool HasBody => Status != 204;
}
