using Equaticket.Engine.Access;
using Equaticket.Engine.Documents;
using Equaticket.RestFacade.Binding;
using Equaticket.RestFacade.Routing;
using GraphQL.Types;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Equaticket.RestFacade.Operations;

/// <summary>
/// All routes with their operations, parsed, validated, and compiled once at startup. A mismatch
/// fails startup, not a request.
/// </summary>
public sealed class OperationCatalog
{
    /// <exception cref="InvalidOperationException">A route and its operation do not match.</exception>
    public OperationCatalog(ISchema schema, OperationAccess access, DocumentCheck check)
        : this(RouteTable.Routes, schema, access, check)
    {
    }

    internal OperationCatalog(
        IReadOnlyList<ApiRoute> routes, ISchema schema, OperationAccess access, DocumentCheck check)
    {
        var unused = OperationFiles.Rest.Operations.Except(routes.Select(route => route.Operation));
        if (unused.FirstOrDefault() is { } file)
            throw new InvalidOperationException($"No route uses {file}.graphql.");
        var compiler = new OperationCompiler(OperationFiles.Rest, schema, access, check);
        Operations = [.. routes.Select(route => Compile(route, compiler))];
    }

    /// <summary>The operations, in the order of the route table.</summary>
    public IReadOnlyList<RestOperation> Operations { get; }

    private static RestOperation Compile(ApiRoute route, OperationCompiler compiler)
    {
        var stored = compiler.Compile(route.Operation);
        if (stored.Operation.IsMutation == (route.Method == "GET"))
            throw new InvalidOperationException($"{route.Method} does not match {route.Operation}.");
        var binder = RequestBinder.Compile(route, stored.Operation.Definition, compiler.Schema);
        RequireVariables(route, binder);
        return new RestOperation(route, stored.Operation, binder, stored.Params);
    }

    private static void RequireVariables(ApiRoute route, RequestBinder binder)
    {
        var unknown = RoutePatternFactory.Parse(route.Template).Parameters
            .Select(parameter => parameter.Name)
            .Except(binder.Variables.Select(variable => variable.Name));
        if (unknown.FirstOrDefault() is { } name)
            throw new InvalidOperationException($"{route.Operation} has no variable ${name}.");
    }
}
