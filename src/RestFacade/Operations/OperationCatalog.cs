using Equaticket.RestFacade.Binding;
using Equaticket.RestFacade.Routing;
using Equaticket.Schema.Access;
using Equaticket.Schema.Execution;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.RestFacade.Operations;

/// <summary>
/// All routes with their operations, parsed, validated and compiled once at start. What does not fit
/// together stops the start, not a request.
/// </summary>
public sealed class OperationCatalog
{
    /// <exception cref="InvalidOperationException">A route and its operation do not fit.</exception>
    public OperationCatalog(
        ISchema schema, OperationAccess access, DocumentCheck check)
    {
        var unused = OperationFiles.Operations.Except(RouteTable.Routes.Select(r => r.Operation));
        if (unused.FirstOrDefault() is { } file)
            throw new InvalidOperationException($"No route runs {file}.graphql.");
        Operations = [.. RouteTable.Routes.Select(route => Compile(route, schema, access, check))];
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
            throw new InvalidOperationException($"{route.Operation}.graphql names another operation.");
        var operation = new Operation(document, definition, access);
        if (operation.IsMutation == (route.Method == "GET"))
            throw new InvalidOperationException($"{route.Method} does not fit {route.Operation}.");
        return new RestOperation(
            route,
            operation,
            RequestBinder.Compile(route, definition, schema),
            ParamNames.Of(definition));
    }
}
