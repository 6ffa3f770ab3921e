using System.Text.Json.Nodes;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Input;
using Equaticket.RestFacade.Binding;
using GraphQL.Types;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>The body that a route takes.</summary>
internal sealed class RequestBodies(SchemaComponents components, InputSchemas schemas)
{
    /// <returns>The request body, or null for a route that takes none.</returns>
    public JsonObject? Of(RouteFacts route)
    {
        var members = route.Inputs.From(VariableSource.Body).ToList();
        if (members.Count == 0)
            return null;
        var isPatch = route.Method == "PATCH";
        var properties = new JsonObject();
        foreach (var member in members)
            properties.Add(member.Variable.Name, Member(member, isPatch));
        var required = members.Where(member => member.Variable.IsRequired).ToList();
        var schema = ObjectSchemas.Of(
            members[0].Target.Parent?.Description,
            properties,
            required.Select(member => member.Variable.Name));
        return new JsonObject
        {
            ["required"] = required.Count > 0,
            ["content"] = MediaTypes.Json(
                components.Add($"{route.Operation.Route.Operation}Request", schema)),
        };
    }

    private JsonObject Member(OperationInput input, bool isPatch)
    {
        var schema = schemas.Of(input.Type, input.Target.Rules, takesNullPairs: isPatch);
        if (TakesNull(input, isPatch))
            schema = TypeSchemas.OrNull(schema);
        else if (IsText(input.Type) && !schema.ContainsKey("pattern"))
            schema.TryAdd("minLength", 1);
        schema["description"] = input.Description;
        return schema;
    }

    private static bool IsText(IGraphType type) =>
        (type is NonNullGraphType required ? required.ResolvedType : type) is StringGraphType;

    /// <remarks>
    /// A patch says itself what cannot be cleared, by refusing null: GraphQL has no type for "may be
    /// left out, must not be null".
    /// </remarks>
    private static bool TakesNull(OperationInput input, bool isPatch)
    {
        if (input.Variable.IsRequired)
            return false;
        if (!isPatch || input.Target.Parent is not { } patch)
            return true;
        try
        {
            patch.ParseDictionary(new Dictionary<string, object?> { [input.Target.Name] = null });
            return true;
        }
        catch (ApiError)
        {
            return false;
        }
    }
}

internal static class MediaTypes
{
    public static JsonObject Json(JsonObject schema, JsonObject? examples = null)
    {
        var media = new JsonObject { ["schema"] = schema };
        if (examples is { Count: > 0 })
            media["examples"] = examples;
        return new JsonObject { ["application/json"] = media };
    }
}
