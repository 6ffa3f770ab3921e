using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using GraphQL;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;

namespace Equaticket.Engine.Access;

/// <summary>
/// Checks a whole operation before any of it executes, so that a denied operation has no effect.
/// </summary>
/// <remarks>
/// Considers only the selected operation, the fragments it uses, and the nodes that
/// <c>@skip</c> and <c>@include</c> keep.
/// </remarks>
public sealed class OperationAccess(ISchema schema, AccessRules rules)
{
    /// <summary>The access requirements of each field and type.</summary>
    public AccessRules Rules => rules;

    /// <param name="document">A document that has passed validation.</param>
    /// <param name="operation">The requested operation of the document.</param>
    /// <param name="variables">The request's variables, for @skip and @include.</param>
    /// <returns>The distinct access requirements of the operation, in document order.</returns>
    public IReadOnlyList<IAccess> Collect(
        GraphQLDocument document,
        GraphQLOperationDefinition operation,
        IReadOnlyDictionary<string, object?> variables)
    {
        var walk = new Walk(schema, rules, RootOf(operation), document, operation, variables);
        return walk.Run();
    }

    /// <returns>Why the caller is denied, or null if access is granted.</returns>
    public static ApiError? Refusal(IReadOnlyList<IAccess> needs, ICaller caller)
    {
        foreach (var need in needs)
        {
            if (need.Refusal(caller) is { } refusal)
                return refusal;
        }

        return null;
    }

    /// <summary>The root type of an operation.</summary>
    public IObjectGraphType? RootOf(GraphQLOperationDefinition operation) => RootFields.TypeOf(schema, operation);

    private sealed class Walk(
        ISchema schema,
        AccessRules rules,
        IObjectGraphType? root,
        GraphQLDocument document,
        GraphQLOperationDefinition operation,
        IReadOnlyDictionary<string, object?> variables)
    {
        private readonly List<IAccess> _needs = [];
        private readonly HashSet<string> _fragments = new();

        public List<IAccess> Run()
        {
            Visit(operation.SelectionSet, root);
            return _needs;
        }

        private void Visit(GraphQLSelectionSet? selections, IGraphType? parent)
        {
            foreach (var selection in selections?.Selections ?? [])
            {
                if (!Selection.IsIncluded(selection, operation, variables))
                    continue;
                if (selection is GraphQLField field)
                    VisitField(field, parent);
                else if (selection is GraphQLInlineFragment inline)
                    Visit(inline.SelectionSet, TypeOf(inline.TypeCondition) ?? parent);
                else if (selection is GraphQLFragmentSpread spread)
                    VisitSpread(spread);
            }
        }

        private void VisitSpread(GraphQLFragmentSpread spread)
        {
            var name = spread.FragmentName.Name;
            if (!_fragments.Add(name.StringValue))
                return;
            var fragment = document.FindFragmentDefinition(name.Value);
            Visit(fragment?.SelectionSet, TypeOf(fragment?.TypeCondition));
        }

        private void VisitField(GraphQLField field, IGraphType? parent)
        {
            var definition = (parent as IComplexGraphType)?.Fields.Find(field.Name.Value);
            if (definition is null)
                return;
            if (rules.Of(definition) is { } need && !_needs.Contains(need))
                _needs.Add(need);
            Visit(field.SelectionSet, definition.ResolvedType?.GetNamedType());
        }

        private IGraphType? TypeOf(GraphQLTypeCondition? condition) =>
            condition is null ? null : schema.AllTypes[condition.Type.Name.Value];
    }
}

/// <summary>Reads <c>@skip</c> and <c>@include</c> before variables are coerced.</summary>
public static class Selection
{
    /// <returns>
    /// False only if the node is certain to be skipped. A condition that can't be read counts as
    /// included, so that nothing bypasses an access check.
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
