using System.Text.Json.Nodes;
using Equaticket.RestFacade.Binding;
using Equaticket.RestFacade.Operations;
using GraphQL;
using GraphQL.Types;
using Microsoft.OpenApi;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>Describes routes, and collects the components that they share.</summary>
internal sealed class OperationObjects
{
    private readonly OpenApiDocument _document;
    private readonly ISchema _schema;
    private readonly SchemaComponents _components;
    private readonly LeafSchemas _leaves;
    private readonly InputSchemas _inputs;
    private readonly RequestBodies _bodies;
    private readonly Responses _responses;

    public OperationObjects(OpenApiDocument document, ISchema schema)
    {
        (_document, _schema) = (document, schema);
        _components = new SchemaComponents(document);
        _leaves = new LeafSchemas(_components);
        _inputs = new InputSchemas(_components, _leaves);
        _bodies = new RequestBodies(_components, _inputs);
        _responses = new Responses(document, _components);
    }

    public OpenApiOperation Describe(RestOperation operation)
    {
        var route = new RouteFacts(operation, _schema);
        var answer = operation.Route.HasBody
            ? new ResultSchemas(operation, _components, _leaves).Of(route.Result)
            : null;
        var scopes = Security.Scopes(operation).Select(scope => (JsonNode?)JsonValue.Create(scope));
        return new OpenApiOperation
        {
            OperationId = operation.Route.Operation,
            Tags = new HashSet<OpenApiTagReference> { new(Tags.Of(operation), _document) },
            Summary = route.Summary,
            Description = $"{route.Description} {Security.Sentence(operation)}".TrimEnd(),
            Security = Security.Of(operation, _document),
            Parameters = [.. Parameters(route)],
            RequestBody = _bodies.Of(route, answer),
            Responses = _responses.Of(route, answer),
            Extensions = new Dictionary<string, IOpenApiExtension>
            {
                [Security.RequiredScopes] = new JsonNodeExtension(new JsonArray([.. scopes])),
            },
        };
    }

    private IEnumerable<IOpenApiParameter> Parameters(RouteFacts route)
    {
        var template = route.Operation.Route.Template;
        return
        [
            .. route.InputsFrom(VariableSource.Path)
                .OrderBy(input => template.IndexOf($"{{{input.Variable.Name}}}", StringComparison.Ordinal))
                .Select(input => Parameter(input, ParameterLocation.Path)),
            .. route.InputsFrom(VariableSource.Query).Select(InQuery),
            .. Headers(route).Select(Shared),
        ];
    }

    private IOpenApiParameter InQuery(OperationInput input)
    {
        if (SharedParameters.ForPaging(input.Target) is { } shared)
            return Shared(shared);
        var parameter = Parameter(input, ParameterLocation.Query);
        if (input.Type.GetNamedType() is StringGraphType && parameter.Schema is OpenApiSchema text)
            text.MinLength ??= 1;
        return parameter;
    }

    private OpenApiParameter Parameter(OperationInput input, ParameterLocation place) => new()
    {
        Name = input.Variable.Name,
        In = place,
        Required = place == ParameterLocation.Path || input.Variable.IsRequired,
        Description = input.Description,
        Schema = _inputs.Of(input.Type, input.Target.Rules),
    };

    private IOpenApiParameter Shared(string name) => new OpenApiParameterReference(name, _document);

    private static IEnumerable<string> Headers(RouteFacts route)
    {
        if (route.Method == "POST")
            yield return SharedParameters.IdempotencyKey;
        if (route.InputsFrom(VariableSource.IfMatch).Any())
            yield return SharedParameters.IfMatch;
        if (route.MayBeNotModified)
            yield return SharedParameters.IfNoneMatch;
        yield return SharedParameters.RequestId;
    }
}
