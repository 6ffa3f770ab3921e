using System.Text.Json.Nodes;
using Equaticket.Engine.Execution;
using Equaticket.RestFacade.Binding;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>What a route takes in its path, its query string and its headers.</summary>
internal sealed class Parameters(InputSchemas schemas)
{
    public JsonArray Of(RouteFacts route) =>
    [
        .. route.Inputs.From(VariableSource.Path)
            .OrderBy(input => route.Operation.Route.Template.IndexOf(
                $"{{{input.Variable.Name}}}", StringComparison.Ordinal))
            .Select(InPath),
        .. route.Inputs.From(VariableSource.Query).Select(InQuery),
        .. Headers(route).Select(name => Reference.To("parameters", name)),
    ];

    private JsonObject InPath(OperationInput input) => new()
    {
        ["name"] = input.Variable.Name,
        ["in"] = "path",
        ["required"] = true,
        ["description"] = input.Description,
        ["schema"] = schemas.Of(input.Type, input.Target.Rules),
    };

    private JsonObject InQuery(OperationInput input)
    {
        if (SharedParameters.ForPaging(input.Target) is { } shared)
            return Reference.To("parameters", shared);
        var schema = schemas.Of(input.Type, input.Target.Rules);
        if (input.Type.GetNamedType() is StringGraphType)
            schema.TryAdd("minLength", 1);
        return new JsonObject
        {
            ["name"] = input.Variable.Name,
            ["in"] = "query",
            ["required"] = input.Variable.IsRequired,
            ["description"] = input.Description,
            ["schema"] = schema,
        };
    }

    private static IEnumerable<string> Headers(RouteFacts route)
    {
        if (route.Method == "POST")
            yield return SharedParameters.IdempotencyKey;
        if (route.Inputs.From(VariableSource.IfMatch).Any())
            yield return SharedParameters.IfMatch;
        if (route.MayBeNotModified)
            yield return SharedParameters.IfNoneMatch;
        yield return SharedParameters.RequestId;
    }
}
