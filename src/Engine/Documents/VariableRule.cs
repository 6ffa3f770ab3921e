using Equaticket.Engine.Errors;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser;
using GraphQLParser.AST;

namespace Equaticket.Engine.Documents;

/// <summary>
/// Variables must fit the positions where they are used (GraphQL specification, "All Variable Usages Are Allowed").
/// Replaces GraphQL.NET's <c>VariablesInAllowedPosition</c>, which accepts a nullable variable as a non-null list
/// item, and treats a default of null as a value.
/// </summary>
internal sealed class VariableRule : ValidationRuleBase
{
    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context) => new(new Visitor());

    /// <summary>Reports only the first variable that does not fit, because describing each one takes time.</summary>
    private static void Check(
        GraphQLOperationDefinition operation, IEnumerable<VariablePosition> positions, ValidationContext context)
    {
        var definitions = (operation.Variables?.Items ?? [])
            .DistinctBy(definition => definition.Variable.Name.StringValue)
            .ToDictionary(definition => definition.Variable.Name.StringValue);
        foreach (var position in positions)
        {
            var name = position.Variable.Name.StringValue;
            if (definitions.GetValueOrDefault(name) is { } definition
                && definition.Type.GraphTypeFromType(context.Schema) is { } type
                && !position.Admits(type, definition.DefaultValue))
            {
                context.ReportError(Fault(position, type, context.Document.Source));
                return;
            }
        }
    }

    private static ApiError Fault(VariablePosition position, IGraphType type, ROM source)
    {
        var name = position.Variable.Name.StringValue;
        var error = ApiError.Validation(
            name, $"The variable '${name}' has the type {type}, but is used where {position.Expected}.");
        error.AddLocation(Location.FromLinearPosition(source, position.Variable.Location.Start));
        return error;
    }

    /// <summary>Collects the positions of each definition, and checks them once all fragments are known.</summary>
    private sealed class Visitor : INodeVisitor
    {
        private readonly Dictionary<ASTNode, List<VariablePosition>> _positions = [];
        private List<VariablePosition> _current = [];

        public ValueTask EnterAsync(ASTNode node, ValidationContext context)
        {
            if (node is GraphQLOperationDefinition or GraphQLFragmentDefinition)
                _positions[node] = _current = [];
            else if (node is GraphQLArgument given && context.TypeInfo.GetArgument() is { } argument)
                _current.AddRange(VariablePosition.In(given, argument));
            return ValueTask.CompletedTask;
        }

        public ValueTask LeaveAsync(ASTNode node, ValidationContext context)
        {
            if (node is not GraphQLDocument)
                return ValueTask.CompletedTask;
            foreach (var operation in _positions.Keys.OfType<GraphQLOperationDefinition>())
            {
                var fragments = context.GetRecursivelyReferencedFragments(operation) ?? [];
                ASTNode[] definitions = [operation, .. fragments];
                Check(operation, definitions.SelectMany(definition => _positions[definition]), context);
            }

            return ValueTask.CompletedTask;
        }
    }
}
