using GraphQLParser.AST;

namespace Equaticket.Engine.Access;

/// <summary>Reads <c>@skip</c> and <c>@include</c> before variables are coerced.</summary>
public static class Selection
{
    /// <returns>
    /// False only when it is certain that the node is left out; a condition that cannot be read
    /// counts as included, so that nothing slips past an access check.
    /// </returns>
    public static bool IsIncluded(
        ASTNode node,
        GraphQLOperationDefinition operation,
        IReadOnlyDictionary<string, object?> variables)
    {
        var directives = (node as IHasDirectivesNode)?.Directives;
        foreach (var directive in directives?.Items ?? [])
        {
            if (directive.Name.Value == "skip" && Condition(directive) is true)
                return false;
            if (directive.Name.Value == "include" && Condition(directive) is false)
                return false;
        }

        return true;

        bool? Condition(GraphQLDirective directive) =>
            directive.Arguments?.Items.FirstOrDefault()?.Value switch
            {
                GraphQLBooleanValue literal => literal.BoolValue,
                GraphQLVariable variable => Value(variable),
                _ => null,
            };

        bool? Value(GraphQLVariable variable)
        {
            if (variables.TryGetValue(variable.Name.StringValue, out var given))
                return given as bool?;
            var definition = operation.Variables?.Items
                .FirstOrDefault(v => v.Variable.Name == variable.Name);
            return (definition?.DefaultValue as GraphQLBooleanValue)?.BoolValue;
        }
    }
}
