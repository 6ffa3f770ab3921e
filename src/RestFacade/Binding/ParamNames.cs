using System.Collections.Frozen;
using System.Text.Json;
using GraphQLParser.AST;

namespace Equaticket.RestFacade.Binding;

/// <summary>
/// Translates the parameter of an error into the caller's names. The operation shows which variable
/// fills which argument or input field, and variables have their REST names.
/// </summary>
public sealed class ParamNames
{
    private readonly FrozenDictionary<string, string> _variables;

    private ParamNames(FrozenDictionary<string, string> variables) => _variables = variables;

    public static ParamNames Of(GraphQLOperationDefinition operation)
    {
        var variables = new Dictionary<string, string>();
        Collect(operation.SelectionSet, variables);
        return new ParamNames(variables.ToFrozenDictionary());
    }

    /// <param name="param">
    /// A path of the schema (<c>startsAt</c>), or one that already starts with a variable
    /// (<c>items[0].ticketTypeId</c>).
    /// </param>
    /// <returns>The path in REST: <c>starts_at</c>, <c>items[0].ticket_type_id</c>.</returns>
    public string? ToRest(string? param)
    {
        if (param is null)
            return null;
        var parts = param.Split('.');
        var name = parts[0].Split('[', 2);
        name[0] = _variables.GetValueOrDefault(name[0], name[0]);
        parts[0] = string.Join('[', name);
        for (var i = 1; i < parts.Length; i++)
            parts[i] = JsonNamingPolicy.SnakeCaseLower.ConvertName(parts[i]);
        return string.Join('.', parts);
    }

    private static void Collect(
        GraphQLSelectionSet? selections, Dictionary<string, string> variables)
    {
        foreach (var field in (selections?.Selections ?? []).OfType<GraphQLField>())
        {
            foreach (var argument in field.Arguments?.Items ?? [])
                Collect(argument.Name.StringValue, argument.Value, variables);
            Collect(field.SelectionSet, variables);
        }
    }

    private static void Collect(
        string name, GraphQLValue value, Dictionary<string, string> variables)
    {
        if (value is GraphQLVariable variable)
            variables[name] = variable.Name.StringValue;
        foreach (var field in (value as GraphQLObjectValue)?.Fields ?? [])
            Collect(field.Name.StringValue, field.Value, variables);
    }
}
