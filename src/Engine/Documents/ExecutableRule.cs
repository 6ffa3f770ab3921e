using Equaticket.Engine.Errors;
using GraphQL.Validation;
using GraphQLParser;
using GraphQLParser.AST;

namespace Equaticket.Engine.Documents;

/// <summary>
/// A document contains only operations and fragments (GraphQL specification, "Executable Definitions").
/// </summary>
internal sealed class ExecutableRule : ValidationRuleBase
{
    private static readonly ValueTask<INodeVisitor?> Visitor =
        new(new MatchingNodeVisitor<GraphQLDocument>(Check));

    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context) => Visitor;

    private static void Check(GraphQLDocument document, ValidationContext context)
    {
        foreach (var definition in document.Definitions)
        {
            if (definition is GraphQLOperationDefinition or GraphQLFragmentDefinition)
                continue;
            var error = ApiError.Validation("query", "A document may only contain operations and fragments.");
            error.AddLocation(Location.FromLinearPosition(document.Source, definition.Location.Start));
            context.ReportError(error);
        }
    }
}
