using System.Text.Json.Nodes;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Input;
using Equaticket.RestFacade.Operations;
using GraphQL.Types;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>Describes routes, and collects the components that their descriptions share.</summary>
internal sealed class OperationObjects
{
    private readonly ISchema _schema;
    private readonly TypeSchemas _types;
    private readonly Parameters _parameters;
    private readonly RequestBodies _bodies;
    private readonly Responses _responses;

    public OperationObjects(ISchema schema)
    {
        _schema = schema;
        _types = new TypeSchemas(Schemas);
        Errors = new ErrorResponses(Schemas);
        var inputs = new InputSchemas(Schemas, _types);
        _parameters = new Parameters(inputs);
        _bodies = new RequestBodies(Schemas, inputs);
        _responses = new Responses(Errors);
    }

    public SchemaComponents Schemas { get; } = new();

    public ErrorResponses Errors { get; }

    public JsonObject Describe(RestOperation operation)
    {
        var route = new RouteFacts(operation, _schema);
        var answer = operation.Route.HasBody
            ? new ResultSchemas(operation, Schemas, _types).Of(route.Result)
            : null;
        var described = new JsonObject
        {
            ["operationId"] = operation.Route.Operation,
            ["tags"] = new JsonArray(RestWording.Words(operation.Feature)),
            ["summary"] = RestWording.Summary(route.Description),
            ["description"] = $"{route.Description} {Security.Sentence(operation)}".TrimEnd(),
            ["security"] = Security.Of(operation),
            [Security.RequiredScopes] = Security.Scopes(operation).ToJsonArray(),
            ["parameters"] = _parameters.Of(route),
        };
        if (_bodies.Of(route) is { } body)
        {
            RequestExamples.Add(body, answer, Schemas);
            described["requestBody"] = body;
        }

        described["responses"] = _responses.Of(route, answer);
        return described;
    }

    /// <summary>What the routes of a feature are about: the resource that the first one shows.</summary>
    public string? FeatureDescription(RestOperation first) =>
        RestWording.Of(OperationResult.Of(first, _schema).Resource.Description);
}
