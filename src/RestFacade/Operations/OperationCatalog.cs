using Equaticket.Engine.Access;
using Equaticket.Engine.Documents;
using Equaticket.Engine.Execution;
using Equaticket.RestFacade.Binding;
using Equaticket.RestFacade.Routing;
using GraphQL.Types;
using GraphQLParser.AST;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Equaticket.RestFacade.Operations;

/// <summary>
/// All routes with their operations, parsed, validated and compiled once at start. A mismatch
/// stops the start instead of failing a request.
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
        var unused = OperationFiles.Operations.Except(routes.Select(route => route.Operation));
        if (unused.FirstOrDefault() is { } file)
            throw new InvalidOperationException($"No route uses {file}.graphql.");
        Operations = [.. routes.Select(route => Compile(route, schema, access, check))];
    }

    /// <summary>In the order of the route table.</summary>
    public IReadOnlyList<RestOperation> Operations { get; }

    private static RestOperation Compile(
        ApiRoute route, ISchema schema, OperationAccess access, DocumentCheck check)
    {
        var document = DocumentCheck.Parse(OperationFiles.Read(route.Operation));
        var definition = document.Definitions.OfType<GraphQLOperationDefinition>().Single();
        if (check.Errors(document, definition) is [var error, ..])
            throw new InvalidOperationException($"{route.Operation}.graphql: {error.Message}");
        if (definition.Name?.StringValue != route.Operation)
            throw new InvalidOperationException($"{route.Operation}.graphql contains another operation.");
        var operation = new Operation(document, definition, access);
        if (operation.IsMutation == (route.Method == "GET"))
            throw new InvalidOperationException($"{route.Method} does not match {route.Operation}.");
        var binder = RequestBinder.Compile(route, definition, schema);
        RequireVariables(route, binder);
        return new RestOperation(route, operation, binder, ParamNames.Of(definition));
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
